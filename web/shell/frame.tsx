import { AppShell, Burger } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CatchBoundary, Link, Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session.ts';
import { Live } from '../live/live.tsx';
import { ConnectionState, OfflineBanner } from './connection-state.tsx';
import styles from './frame.module.css';
import { Icon } from './icons.tsx';
import { PageError } from './page-error.tsx';
import { Shortcuts, useShortcut } from './shortcuts.tsx';
import { UserMenu } from './user-menu.tsx';

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

/** Goes once: this is drawn until the other page is there, and the address has changed before that. */
function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    const { pathname, href } = router.latestLocation;
    if (pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: href }, replace: true });
  }, [router]);
  return null;
}

function Shell() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();
  const pathname = useLocation({ select: (location) => location.pathname });
  useShortcut('help', () => setHelp(true));
  useShortcut('queue', () => void navigate({ to: '/queue' }));
  useShortcut('incidents', () => void navigate({ to: '/incidents' }));
  const close = (): void => setOpen(false);
  return (
    <AppShell
      header={{ height: 46 }}
      navbar={{ width: 176, breakpoint: 'sm', collapsed: { mobile: !open } }}
      transitionDuration={0}
      padding={0}
    >
      <a href="#main" className="skip-link">
        {t('skip')}
      </a>
      <AppShell.Header className={styles.header}>
        <Burger hiddenFrom="sm" size="sm" opened={open} onClick={() => setOpen(!open)} aria-label={t('menu.open')} />
        <Link to="/queue" className={styles.brand}>
          Vigil
        </Link>
        <span className={styles.space} />
        <ConnectionState />
        <UserMenu onHelp={() => setHelp(true)} />
      </AppShell.Header>
      <AppShell.Navbar className={styles.nav} aria-label={t('nav.label')}>
        <Link to="/queue" onClick={close} activeOptions={{ includeSearch: false }}>
          <Icon name="queue" /> {t('nav.queue')}
        </Link>
        <Link to="/incidents" onClick={close}>
          <Icon name="incidents" /> {t('nav.incidents')}
        </Link>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={styles.main}>
        <OfflineBanner />
        <CatchBoundary getResetKey={() => pathname} errorComponent={PageError}>
          <Outlet />
        </CatchBoundary>
      </AppShell.Main>
      <Suspense>{help && <Help onClose={() => setHelp(false)} />}</Suspense>
    </AppShell>
  );
}
