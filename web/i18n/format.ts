import { useTranslation } from 'react-i18next';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

export interface Formats {
  /** Such as "1 hr 5 min": the two largest units, seconds only below a minute. */
  readonly duration: (ms: number) => string;
  /** Date and time; today's without the date. */
  readonly moment: (iso: string) => string;
  /** Date and time in full, for where there is room. */
  readonly full: (iso: string) => string;
  readonly number: (n: number) => string;
}

/** How the user's language writes numbers, dates and lengths of time. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return formatsOf(i18n.language);
}

/** By language: every line of a list asks for them, and making them takes milliseconds. */
const made = new Map<string, Formats>();

function formatsOf(language: string): Formats {
  const known = made.get(language) ?? makeFormats(regional(language));
  made.set(language, known);
  return known;
}

/** British English writes times otherwise than American: the browser knows which it is. */
export function regional(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

function makeFormats(language: string): Formats {
  const withUnit = Object.fromEntries(
    units.map(([unit]) => [unit, new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' })]),
  );
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const short = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' });
  const number = new Intl.NumberFormat(language);
  return {
    duration: (ms) => {
      const first = units.findIndex(([, length]) => ms >= length);
      if (first === -1) return withUnit['second']?.format(0) ?? '';
      let left = ms;
      const parts = units.slice(first, first + 2).flatMap(([unit, length], i) => {
        const n = Math.floor(left / length);
        left -= n * length;
        // Seconds beside minutes would only be restless.
        return (i > 0 && n === 0) || (unit === 'second' && i > 0) ? [] : [withUnit[unit]?.format(n) ?? ''];
      });
      return parts.join(' ');
    },
    moment: (iso) => {
      const at = new Date(iso);
      return at.toDateString() === new Date().toDateString() ? time.format(at) : short.format(at);
    },
    full: (iso) => full.format(new Date(iso)),
    number: (n) => number.format(n),
  };
}
