import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../i18n/clock-time.ts';
import { regional } from '../i18n/format.ts';

export interface Clock {
  readonly time: (at: number) => string;
  /** With the weekday, unless both instants are of one day. */
  readonly timeSeenFrom: (at: number, now: number) => string;
}

/** Times as the clocks of the wall's time zone show them, which need not be the browser's. */
export function useClock(timeZone: string): Clock {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const language = regional(i18n.language);
    const time = new Intl.DateTimeFormat(language, { timeZone, timeStyle: 'short' });
    const withDay = new Intl.DateTimeFormat(language, { timeZone, weekday: 'short', ...clockTime(language) });
    const date = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
    return {
      time: (at) => time.format(at),
      timeSeenFrom: (at, now) => (date.format(at) === date.format(now) ? time : withDay).format(at),
    };
  }, [i18n.language, timeZone]);
}
