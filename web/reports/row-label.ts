import { useTranslation } from 'react-i18next';
import { regional } from '../i18n/format.ts';
import type { Priority, ReportJson } from '../api/types.ts';

/** What a row of a report is called in the user's language. */
export function useRowLabel(by: ReportJson['by']): (key: string, label: string) => string {
  const { t, i18n } = useTranslation(['reports', 'desk']);
  const date = new Intl.DateTimeFormat(regional(i18n.language), { dateStyle: 'medium', timeZone: 'UTC' });
  return (key, label) => {
    // The day as the desk's clocks had it, whatever they have here.
    if (by === 'period') return date.format(Date.parse(`${label}T00:00:00Z`));
    if (key === 'none') return by === 'team' ? t('desk:queue.noTeam') : t('desk:queue.nobody');
    return by === 'priority' ? t(`desk:priority.${key as Priority}`) : label;
  };
}
