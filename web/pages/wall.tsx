import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.ts';
import type { Wall as WallData } from '../api/types.ts';
import { Failed } from '../shell/page-error.tsx';
import { PagePending } from '../shell/page-pending.tsx';
import { ToSignIn } from '../shell/to-sign-in.tsx';
import { Colours } from '../wall/colours.tsx';
import { OnDuty } from '../wall/duty.tsx';
import { Head } from '../wall/head.tsx';
import { NextBreaches } from '../wall/next-breaches.tsx';
import { Numbers } from '../wall/numbers.tsx';
import { Ratings } from '../wall/ratings.tsx';
import { useClock } from '../wall/use-clock.ts';
import { useLiveWall } from '../wall/use-live-wall.ts';
import { useTheme } from '../wall/use-theme.ts';
import { useWakeLock } from '../wall/use-wake-lock.ts';
import styles from '../wall/wall.module.css';

const route = getRouteApi('/wall');

/** For a screen on the wall: read from five metres, and left alone for days. */
export function WallPage() {
  const { data: session } = useQuery(sessionQuery);
  return session ? <Wall /> : <ToSignIn />;
}

function Wall() {
  const { theme, timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone } = route.useSearch();
  useTheme(theme);
  useWakeLock();
  const clock = useClock(timeZone);
  const { wall, error, staleSince, retry } = useLiveWall(timeZone);
  return (
    <main className={styles.wall} data-stale={staleSince !== null}>
      <Head clock={clock} staleSince={staleSince} />
      {wall !== undefined ? (
        <div className={styles.body}>
          <Colours sla={wall.sla} />
          <div className={styles.promises}>
            <NextBreaches breaches={wall.nextBreaches} most={isRated(wall) ? 6 : 10} />
            {isRated(wall) && <Ratings satisfaction={wall.satisfaction} />}
          </div>
          <div className={styles.side}>
            <Numbers wall={wall} />
            <OnDuty duty={wall.duty} clock={clock} />
          </div>
        </div>
      ) : error !== null ? (
        <Failed error={error} retry={retry} />
      ) : (
        <PagePending />
      )}
    </main>
  );
}

/** A desk that asks nobody has the room for its promises. */
function isRated({ satisfaction }: WallData): boolean {
  return satisfaction.recent.length > 0;
}
