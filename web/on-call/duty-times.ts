import { useTranslation } from 'react-i18next';
import { clockTime } from '../i18n/clock-time.ts';
import { regional } from '../i18n/format.ts';

export interface DutyTimes {
  /** Weekday, date and time. */
  readonly moment: (at: string | number) => string;
  /** From and until, the date of the end only where it is another day. */
  readonly span: (start: string, end: string) => string;
  readonly day: (at: number) => string;
}

/** Times of duty as the clocks of a zone show them. */
export function useDutyTimes(timeZone: string): DutyTimes {
  const { i18n } = useTranslation();
  const language = regional(i18n.language);
  const date = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  const moment = new Intl.DateTimeFormat(language, { timeZone, ...date, ...clockTime(language) });
  const day = new Intl.DateTimeFormat(language, { timeZone, ...date });
  return {
    moment: (at) => moment.format(new Date(at)),
    span: (start, end) => moment.formatRange(new Date(start), new Date(end)),
    day: (at) => day.format(at),
  };
}

/** Who is on duty from an instant on, and who comes after; nobody in a gap. */
export interface Turn {
  readonly start: string;
  readonly end: string;
  readonly users: readonly string[];
  readonly shadows?: readonly string[] | undefined;
}

/** Shifts and gaps in one order. */
export function turnsOf(roster: {
  readonly shifts: readonly Turn[];
  readonly gaps: readonly { readonly start: string; readonly end: string }[];
}): Turn[] {
  const gaps = roster.gaps.map((gap) => ({ ...gap, users: [] }));
  return [...roster.shifts, ...gaps].toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
}
