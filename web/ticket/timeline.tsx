import { useTranslation } from 'react-i18next';
import type { DeskEvent, Ticket } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { useActorName } from './actor-name.ts';
import { useEventText } from './event-text.ts';
import styles from './ticket.module.css';

/** Everything that happened, the latest first: when, who, what, and what brought it about. */
export function Timeline({ events, ticket }: { events: readonly DeskEvent[]; ticket: Ticket | null }) {
  const { moment, full } = useFormats();
  const actorName = useActorName(ticket);
  const eventText = useEventText();
  const causeText = useCauseText();
  return (
    <ol className={styles.timeline}>
      {events.toReversed().map((event) => (
        <li key={`${event.stream} ${event.seq}`}>
          <time dateTime={event.at} title={full(event.at)}>
            {moment(event.at)}
          </time>{' '}
          <span dir="auto">
            <strong>{actorName(event.actor)}</strong> {eventText(event)}
          </span>{' '}
          <span className={styles.cause} title={event.cause}>
            {causeText(event.cause)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function useCauseText(): (cause: string) => string {
  const { t } = useTranslation();
  return (cause) => {
    if (cause === 'timer') return t('cause.timer');
    // A request's id means something to whoever reads the logs: it is in the title.
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(cause)) return t('cause.request', { id: cause.slice(0, 8) });
    if (cause.startsWith('ownership:')) return t('cause.ownership');
    return cause;
  };
}
