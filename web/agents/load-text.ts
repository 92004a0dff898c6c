import { useTranslation } from 'react-i18next';
import type { AgentLoad } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';

/** What somebody carries, and what there is to know before giving them more, each as a word. */
export function useLoadText(): (agent: AgentLoad) => { readonly load: string; readonly marks: readonly string[] } {
  const { t } = useTranslation('agents');
  const { number } = useFormats();
  return (agent) => {
    const { capacity } = agent;
    const values = { open: number(agent.open), load: number(agent.load) };
    return {
      load: capacity === null ? t('load', values) : t('loadOf', { ...values, capacity: number(capacity) }),
      marks: [
        ...(agent.onDuty ? [t('onDuty')] : []),
        ...(agent.away ? [t('away')] : []),
        ...(agent.active ? [] : [t('left')]),
        ...(isFull(agent) ? [t('full')] : []),
      ],
    };
  };
}

export function isFull({ load, capacity }: AgentLoad): boolean {
  return capacity !== null && load >= capacity;
}
