import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '../api/counts.ts';
import type { TicketFilter } from '../api/tickets.ts';
import { useFormats } from '../i18n/format.ts';
import styles from './queue.module.css';

/** How many tickets the filter finds, exactly, however few of them have been read. */
export function TicketCount({ filter }: { filter: TicketFilter }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { data } = useQuery({ ...countsQuery(filter), placeholderData: keepPreviousData });
  return (
    <span className={styles.count} aria-live="polite">
      {data !== undefined && t('queue.count', { count: data.total, shown: number(data.total) })}
    </span>
  );
}
