import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import type { DeskEvent, Ticket } from '../api/types.ts';

/** The name of who did something, as the people of the desk would say it. */
export function useActorName(ticket: Pick<Ticket, 'requester'> | null): (actor: DeskEvent['actor']) => string {
  const { t } = useTranslation();
  const { userName } = usePeople();
  return ({ type, id }) => {
    if (type === 'system') return 'Vigil';
    if (type === 'customer') return ticket?.requester.name ?? t('actor.customer');
    return id.startsWith('key:') ? t('actor.key') : userName(id);
  };
}
