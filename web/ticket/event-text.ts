import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import type { DeskEvent } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { referenceOf } from '../ui/reference.ts';

/** What an event says, in words, without who and when. A type that we have no words for is shown as it is. */
export function useEventText(): (event: DeskEvent) => string {
  const { t, i18n } = useTranslation();
  const { userName, teamName } = usePeople();
  const { moment } = useFormats();
  // Which text it is, only the event says.
  const say = t as unknown as (key: string, values: Readonly<Record<string, string>>) => string;
  const word = (group: string, value: unknown): string =>
    i18n.exists(`${group}.${String(value)}`) ? say(`${group}.${String(value)}`, {}) : text(value);
  const owner = (value: unknown): string => {
    const { assignee, team } = (value ?? {}) as { assignee?: string | null; team?: string | null };
    const names = [assignee ? userName(assignee) : '', team ? teamName(team) : ''].filter((name) => name !== '');
    return names.length === 0 ? t('queue.nobody') : names.join(', ');
  };
  const people = (value: unknown): string =>
    [value]
      .flat()
      .filter((id) => typeof id === 'string')
      .map(userName)
      .join(', ');
  return ({ type, data }) => {
    if (type === 'message.added') {
      const kind = data['author'] === 'agent' ? (data['public'] === false ? 'note' : 'agent') : String(data['author']);
      return say(`event.message.${kind}`, {});
    }
    const key = `event.${type}`;
    if (!i18n.exists(key)) return type;
    const assigned = type === 'ticket.assigned';
    const group = type === 'ticket.priority-changed' ? 'priority' : 'status';
    return say(key, {
      from: assigned ? owner(data['from']) : word(group, data['from']),
      to: assigned ? owner(data['to']) : word(group, data['to']),
      clock: word('sla.clock', data['clock']),
      percent: typeof data['fraction'] === 'number' ? String(Math.round(data['fraction'] * 100)) : '',
      people: people(data['user'] ?? data['responders'] ?? data['users']),
      ticket: referenceOf(text(data['ticket'] ?? data['into'])),
      incident: text(data['incident']),
      channel: text(data['channel']),
      answer: text(data['answer']),
      bug: text(data['title'] ?? data['url']),
      kind: word('annotationKind', data['kind']),
      rating: word('rating', data['rating']),
      reason: text(data['reason'] ?? data['summary']),
      step: text(data['step']),
      until: typeof data['until'] === 'string' ? moment(data['until']) : '',
    });
  };
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
