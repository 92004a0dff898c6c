import { UnstyledButton } from '@mantine/core';
import { useFullscreenDocument } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/format.ts';
import { useNow } from '../i18n/now.ts';
import { Icon } from '../shell/icons.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import type { Clock } from './use-clock.ts';
import styles from './wall.module.css';

export function Head({ clock, staleSince }: { clock: Clock; staleSince: number | null }) {
  const { t } = useTranslation(['wall', 'desk']);
  const now = useNow();
  return (
    <header className={styles.head}>
      <Link to="/queue" className={styles.brand}>
        Vigil
      </Link>
      <PageTitle title={t('title')} className={styles.title} />
      <Freshness clock={clock} staleSince={staleSince} />
      <time className={styles.time}>{clock.time(now)}</time>
      <FullScreen />
    </header>
  );
}

/** A role of its own for each, so that the change is announced too. */
function Freshness({ clock, staleSince }: { clock: Clock; staleSince: number | null }) {
  const { t } = useTranslation(['wall', 'desk']);
  const { duration } = useFormats();
  const now = useNow();
  if (staleSince === null) {
    return (
      <p className={styles.live} role="status">
        <span aria-hidden="true">●</span> {t('desk:connection.connected')}
      </p>
    );
  }
  return (
    <p className={styles.stale} role="alert">
      <span aria-hidden="true">⚠ </span>
      {t('stale', { since: clock.timeSeenFrom(staleSince, now), time: duration(now - staleSince) })}
    </p>
  );
}

/** Gone once it has done what it is for; Escape leads back. */
function FullScreen() {
  const { t } = useTranslation(['wall', 'desk']);
  const { fullscreen, toggle } = useFullscreenDocument();
  if (fullscreen || !document.fullscreenEnabled) return null;
  return (
    <UnstyledButton className={styles.fullScreen} onClick={() => void toggle()} aria-label={t('fullScreen')}>
      <Icon name="fullScreen" size={24} />
    </UnstyledButton>
  );
}
