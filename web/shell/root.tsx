import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { pageSettings } from '../page-settings.ts';

const Banner = lazy(() =>
  import('../demonstration/banner.tsx').then(({ DemonstrationBanner }) => ({ default: DemonstrationBanner })),
);

/** Around everything. */
export function Root() {
  return (
    <>
      <Outlet />
      {pageSettings.demonstration && (
        <Suspense>
          <Banner />
        </Suspense>
      )}
    </>
  );
}
