import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { slaQuery } from '../api/tickets.ts';
import type { Clock, DeskEvent, Segment, Ticket } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { useNow } from '../i18n/now.ts';
import { slaHue } from '../ui/sla-part.ts';
import barStyles from '../ui/sla-bar.module.css';
import { useActorName } from './actor-name.ts';
import { milliseconds } from './duration.ts';
import { useEventText } from './event-text.ts';
import styles from './ticket.module.css';

/** The promises made for this ticket, with every stretch of time that counted or did not, and why. */
export function Clocks({ ticket, events }: { ticket: Ticket; events: readonly DeskEvent[] }) {
  const { t } = useTranslation();
  const { data, dataUpdatedAt } = useQuery(slaQuery(ticket.id));
  if (data === undefined) return null;
  const made = data.clocks.filter(({ state }) => state !== 'none');
  return (
    <section className={styles.panel} aria-labelledby="clocks">
      <h2 id="clocks">{t('sla.title')}</h2>
      {made.length === 0 && <p className={styles.dimmed}>{t('sla.idle.none')}</p>}
      {made.map((clock) => (
        <ClockView key={clock.name} clock={clock} asOf={dataUpdatedAt} ticket={ticket} events={events} />
      ))}
    </section>
  );
}

interface ClockViewProps {
  readonly clock: Clock;
  /** When the API said so, as milliseconds. */
  readonly asOf: number;
  readonly ticket: Ticket;
  readonly events: readonly DeskEvent[];
}

function ClockView({ clock, asOf, ticket, events }: ClockViewProps) {
  const { t } = useTranslation();
  const { duration } = useFormats();
  const now = useNow();
  // Closed hours do not count, and only the server knows them: while it says the clock runs, the present stretch does.
  const passed = clock.state === 'running' && clock.remaining !== 'PT0S' ? Math.max(0, now - asOf) : 0;
  const used = milliseconds(clock.elapsed) + passed;
  const target = clock.target === null ? null : milliseconds(clock.target);
  const part = target === null ? 0 : target === 0 ? 1 : used / target;
  const breached = clock.breachedAt !== null || part > 1;
  return (
    <div className={styles.clock}>
      <div className={styles.clockHead}>
        <strong>{t(`sla.clock.${clock.name}`)}</strong>
        <span data-breached={breached} className={styles.clockState}>
          {breached && <span aria-hidden="true">⚠ </span>}
          {t(`sla.state.${breached && clock.state === 'running' ? 'breached' : clock.state}`)}
        </span>
      </div>
      {target !== null && (
        <span
          className={barStyles.sla}
          data-overdue={breached}
          style={{ '--hue': slaHue(part) } as React.CSSProperties}
        >
          <span className={barStyles.track} aria-hidden="true">
            <span className={barStyles.used} style={{ inlineSize: `${Math.min(100, part * 100)}%` }} />
          </span>
        </span>
      )}
      <p className={styles.clockText}>
        {target === null
          ? t('sla.usedOnly', { used: duration(used) })
          : t('sla.used', { used: duration(used), target: duration(target) })}
      </p>
      <details className={styles.why}>
        <summary>{t('sla.why')}</summary>
        <ol>
          {clock.segments.map((segment, i) => (
            <li key={`${segment.from} ${i}`}>
              <Why segment={segment} ticket={ticket} events={events} />
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}

function Why({ segment, ticket, events }: { segment: Segment; ticket: Ticket; events: readonly DeskEvent[] }) {
  const { t } = useTranslation();
  const { moment, duration } = useFormats();
  const actorName = useActorName(ticket);
  const eventText = useEventText();
  const { kind, from, to, elapsed, cause } = segment;
  // A stretch and the event that began it have the same cause; what clocks say of themselves explains nothing.
  const began = events.find((event) => event.cause === cause && !event.type.startsWith('sla.'));
  const values = {
    from: moment(from),
    to: to === null ? t('sla.now') : moment(to),
    time: duration(milliseconds(elapsed)),
  };
  return (
    <>
      {t(kind === 'run' ? 'sla.ran' : 'sla.rested', values)}
      <br />
      <span className={styles.dimmed}>
        {began === undefined ? cause : `${actorName(began.actor)}: ${eventText(began)}`}
      </span>
    </>
  );
}
