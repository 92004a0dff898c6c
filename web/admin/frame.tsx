import { CatchBoundary, Link, Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { PageError } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import styles from './admin.module.css';
import { sections } from './sections.ts';

/** Around every page of administration: its navigation, and the words for those who may not come in. */
export function AdminFrame() {
  const { t } = useTranslation('admin');
  const { permissions } = useSession();
  const pathname = useLocation({ select: (location) => location.pathname });
  if (!permissions.includes('configure')) {
    return (
      <div className={styles.refused}>
        <PageTitle title={t('refused.title')} />
        <p>{t('refused.text')}</p>
        <Link to="/queue">{t('refused.back')}</Link>
      </div>
    );
  }
  return (
    <div className={styles.room}>
      <nav className={styles.nav} aria-label={t('nav.label')}>
        {sections
          .filter(({ needs }) => needs === undefined || permissions.includes(needs))
          .map(({ to, name }) => (
            <Link key={name} to={to} activeOptions={{ includeSearch: false }}>
              {t(`nav.${name}`)}
            </Link>
          ))}
      </nav>
      <div className={styles.page}>
        <CatchBoundary getResetKey={() => pathname} errorComponent={PageError}>
          <Outlet />
        </CatchBoundary>
      </div>
    </div>
  );
}
