import { useTranslation } from 'react-i18next';
import type { Priority, Rating, Status } from '../api/types.ts';
import styles from './tags.module.css';

export function StatusTag({ status }: { status: Status }) {
  const { t } = useTranslation();
  return (
    <span className={styles.tag} data-status={status}>
      {t(`status.${status}`)}
    </span>
  );
}

const marks: Readonly<Record<Priority, string>> = { low: '▽', normal: '–', high: '△', urgent: '▲' };

export function PriorityTag({ priority }: { priority: Priority }) {
  const { t } = useTranslation();
  return (
    <span className={styles.priority} data-priority={priority}>
      <span aria-hidden="true">{marks[priority]}</span> {t(`priority.${priority}`)}
    </span>
  );
}

/** Good or bad by shape and word besides the colour. */
export function RatingTag({ rating }: { rating: Rating }) {
  const { t } = useTranslation();
  return (
    <span className={styles.rating} data-rating={rating}>
      <span aria-hidden="true">{rating === 'good' ? '●' : '▼'}</span> {t(`rating.${rating}`)}
    </span>
  );
}
