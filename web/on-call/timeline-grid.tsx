import type { Window } from '../api/schedules.ts';
import { useNow } from '../i18n/now.ts';
import { useDutyTimes } from './duty-times.ts';
import styles from './on-call.module.css';
import { midnight } from './zone.ts';

export interface Block {
  readonly start: string;
  readonly end: string;
  readonly kind: 'shift' | 'override' | 'gap';
  readonly text: string;
  /** The same for the same people: it tells them apart where names have no room. */
  readonly hue?: number;
}

/** Of those who are on duty together. */
export function hueOf(users: readonly string[]): number {
  let hash = 0;
  for (const character of users.join()) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  // The golden angle keeps neighbours apart.
  return Math.round((hash * 137.5) % 360);
}

export interface Row {
  readonly name: string;
  readonly blocks: readonly Block[];
}

interface GridProps {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly timeZone: string;
  readonly window: Window;
  readonly days: number;
}

/** Rows of duty below the days of a zone, each as long as it is. A picture: a list beside it says the same in words. */
export function TimelineGrid({ label, rows, timeZone, window, days }: GridProps) {
  return (
    <div className={`${styles.scroll} ${styles.wide}`} tabIndex={0} role="region" aria-label={label}>
      <div className={styles.timeline} aria-hidden="true">
        <span className={styles.rowName}>{timeZone}</span>
        <Days timeZone={timeZone} window={window} days={days} />
        {rows.map((row, i) => (
          <TimelineRow key={`${i} ${row.name}`} row={row} window={window} timeZone={timeZone} />
        ))}
      </div>
    </div>
  );
}

/** Where an instant is, in percent of the window. */
function place(at: number, { from, to }: Window): number {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return (100 * (Math.min(Math.max(at, start), end) - start)) / (end - start);
}

function Days({ timeZone, window, days }: { timeZone: string; window: Window; days: number }) {
  const { day } = useDutyTimes(timeZone);
  const every = Math.ceil(days / 14);
  const starts = Array.from({ length: days + 1 }, (_, i) => midnight(timeZone, Date.parse(window.from), i));
  return (
    <div className={styles.days}>
      {starts.slice(0, -1).map((start, i) => {
        const left = place(start, window);
        const width = place(starts[i + 1] ?? start, window) - left;
        return (
          <span key={start} className={styles.dayMark} style={{ left: `${left}%`, width: `${width}%` }}>
            {i % every === 0 && day(start)}
          </span>
        );
      })}
    </div>
  );
}

function TimelineRow({ row, window, timeZone }: { row: Row; window: Window; timeZone: string }) {
  const { span } = useDutyTimes(timeZone);
  const now = useNow();
  const inSight = row.blocks.filter(
    ({ start, end }) => Date.parse(end) > Date.parse(window.from) && Date.parse(start) < Date.parse(window.to),
  );
  const isNow = now >= Date.parse(window.from) && now < Date.parse(window.to);
  return (
    <>
      <span className={styles.rowName} dir="auto">
        {row.name}
      </span>
      <div className={styles.track}>
        {inSight.map(({ start, end, kind, text, hue }) => {
          const left = place(Date.parse(start), window);
          const width = place(Date.parse(end), window) - left;
          return (
            <span
              key={start + text}
              className={styles.shift}
              data-kind={kind}
              data-coloured={hue !== undefined}
              style={{ left: `${left}%`, width: `${width}%`, ...(hue !== undefined && { '--hue': hue }) }}
              title={`${text}: ${span(start, end)}`}
            >
              {text}
            </span>
          );
        })}
        {isNow && <span className={styles.today} style={{ left: `${place(now, window)}%` }} />}
      </div>
    </>
  );
}
