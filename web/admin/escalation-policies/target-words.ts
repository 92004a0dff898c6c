import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { schedulesQuery } from '../../api/schedules.ts';
import { usePeople } from '../../api/people.ts';
import type { Target } from './target.ts';

/** What a step pages, in words. */
export function useTargetWords(): (target: Target) => string {
  const { t } = useTranslation('escalation');
  const { userName } = usePeople();
  const { data: schedules } = useQuery(schedulesQuery);
  return (target) => {
    if (target.type === 'user') return userName(target.user);
    if (target.type !== 'schedule') return t(`target.${target.type}`);
    const schedule = schedules === undefined ? '…' : schedules.find(({ id }) => id === target.schedule)?.name;
    return t('target.onCall', { schedule: schedule ?? target.schedule });
  };
}
