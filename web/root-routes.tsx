import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { sessionQuery } from './api/session.ts';
import { NotFound } from './shell/not-found.tsx';
import { Root } from './shell/root.tsx';

interface RouterContext {
  readonly client: QueryClient;
}

export const root = createRootRouteWithContext<RouterContext>()({ component: Root, notFoundComponent: NotFound });

/** Of everything that needs somebody signed in. */
export async function needsSession({ context, location }: { context: RouterContext; location: { href: string } }) {
  const session = await context.client.ensureQueryData(sessionQuery);
  if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true });
}

/** What is shown inside the frame. */
export const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: needsSession,
  component: lazyRouteComponent(() => import('./shell/frame.tsx'), 'Frame'),
});
