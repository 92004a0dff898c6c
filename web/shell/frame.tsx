import { Burger } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CatchBoundary, Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery, useMay } from '../api/session.ts';
import { Live } from '../live/live.tsx';
import { ConnectionState, OfflineBanner } from './connection-state.tsx';
import styles from './frame.module.css';
import { Icon } from './icons.tsx';
import { PageError } from './page-error.tsx';
import { Shortcuts, useShortcut } from './shortcuts.tsx';
import { ToSignIn } from './to-sign-in.tsx';
import { UserMenu } from './user-menu.tsx';

const Bell = lazy(() => import('../mentions/bell.tsx').then(({ Bell }) => ({ default: Bell })));
const Help = lazy(() => import('./help.tsx').then(({ Help }) => ({ default: Help })));

/** Around every page of the desk. A session that ends while it is shown leads to signing in, and back here. */
export function Frame() {
  const { data: session } = useQuery(sessionQuery);
  if (!session) return <ToSignIn />;
  return (
    <Live key={session.user.id}>
      <Shortcuts>
        <Shell />
      </Shortcuts>
    </Live>
  );
}

function Shell() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();
  const mayConfigure = useMay('configure');
  const pathname = useLocation({ select: (location) => location.pathname });
  useShortcut('help', () => setHelp(true));
  useShortcut('queue', () => void navigate({ to: '/queue' }));
  useShortcut('incidents', () => void navigate({ to: '/incidents' }));
  useShortcut('onCall', () => void navigate({ to: '/on-call' }));
  const close = (): void => setOpen(false);
  return (
    <div className={styles.shell}>
      <a href="#main" className="skip-link">
        {t('skip')}
      </a>
      <header className={styles.header}>
        <Burger hiddenFrom="sm" size="sm" opened={open} onClick={() => setOpen(!open)} aria-label={t('menu.open')} />
        <Link to="/queue" className={styles.brand}>
          Vigil
        </Link>
        <span className={styles.space} />
        <ConnectionState />
        <Suspense>
          <Bell />
        </Suspense>
        <UserMenu onHelp={() => setHelp(true)} />
      </header>
      <nav className={styles.nav} data-open={open} aria-label={t('nav.label')}>
        <Link to="/queue" onClick={close} activeOptions={{ includeSearch: false }}>
          <Icon name="queue" /> {t('nav.queue')}
        </Link>
        <Link to="/incidents" onClick={close}>
          <Icon name="incidents" /> {t('nav.incidents')}
        </Link>
        <Link to="/on-call" onClick={close}>
          <Icon name="onCall" /> {t('nav.onCall')}
        </Link>
        <Link to="/reports" onClick={close}>
          <Icon name="reports" /> {t('nav.reports')}
        </Link>
        <Link to="/wall" onClick={close}>
          <Icon name="wall" /> {t('nav.wall')}
        </Link>
        {mayConfigure && (
          <Link to="/admin" onClick={close}>
            <Icon name="admin" /> {t('nav.admin')}
          </Link>
        )}
      </nav>
      <main id="main" tabIndex={-1} className={styles.main}>
        <OfflineBanner />
        <CatchBoundary getResetKey={() => pathname} errorComponent={PageError}>
          <Outlet />
        </CatchBoundary>
      </main>
      <Suspense>{help && <Help onClose={() => setHelp(false)} />}</Suspense>
    </div>
  );
}
