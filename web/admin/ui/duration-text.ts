/** Lengths of time as people type them (`5m`, `1h 30m`, `90`) and as the API has them (`PT5M`). */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** What a unit begins with, in each of the languages; the first that fits, so that longer ones come first. */
const units: readonly (readonly [beginning: RegExp, length: number])[] = [
  [/^(?:w|wk|weeks?|wo|wochen?|sem|semaines?|semanas?|нед|недел[яиюь]|недель)$/, week],
  [/^(?:d|days?|t|tage?|j|jours?|dias?|д|дн|день|дня|дней)$/, day],
  [/^(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ч|час|часа|часов)$/, hour],
  [/^(?:m|mins?|minutes?|minuten?|minutos?|м|мин|минут[аыу]?)$/, minute],
  [/^(?:s|secs?|seconds?|sek|sekunden?|secondes?|segundos?|с|сек|секунд[аыу]?)$/, second],
];

const isoShape =
  /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;

/** Milliseconds of what the API wrote; undefined for text of another shape. */
export function isoMilliseconds(text: string): number | undefined {
  const parts = isoShape.exec(text);
  if (parts === null) return undefined;
  const lengths = [week, day, hour, minute, second];
  const sum = lengths.reduce((ms, length, i) => ms + number(parts[i + 1] ?? '0') * length, 0);
  return Math.floor(sum + 1e-6);
}

/**
 * What was typed, as the API has it; undefined where it is no length of time. A number alone, or after hours, is minutes:
 * `90`, `1h30`, `1:30`.
 */
export function isoOf(typed: string): string | undefined {
  const text = typed.trim().toLowerCase();
  const iso = isoMilliseconds(text.toUpperCase());
  const ms = iso ?? clockMilliseconds(text) ?? wordMilliseconds(text);
  return ms === undefined ? undefined : isoFrom(ms);
}

/** The letters of each unit in the reader's language. */
export interface UnitLetters {
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/** As it would be typed: `1h 30m`. What is no length of time stays as it is. */
export function typedOf(iso: string, letters: UnitLetters): string {
  const ms = isoMilliseconds(iso);
  if (ms === undefined) return iso;
  const parts = [
    [Math.floor(ms / day), letters.day],
    [Math.floor(ms / hour) % 24, letters.hour],
    [Math.floor(ms / minute) % 60, letters.minute],
    [Math.floor(ms / second) % 60, letters.second],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, letter]) => `${n}${letter}`);
  return said.length === 0 ? `0${letters.minute}` : said.join(' ');
}

function isoFrom(ms: number): string {
  const total = Math.floor(ms / second);
  const parts = [
    [Math.floor(total / 3600), 'H'],
    [Math.floor(total / 60) % 60, 'M'],
    [total % 60, 'S'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, letter]) => `${n}${letter}`);
  return said.length === 0 ? 'PT0S' : `PT${said.join('')}`;
}

function clockMilliseconds(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,4}):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * hour + Number(minutes) * minute;
}

function wordMilliseconds(text: string): number | undefined {
  if (!/^(?:\d+(?:[.,]\d+)?\s*(?:\p{L}+\.?)?[\s,]*)+$/u.test(text)) return undefined;
  let ms = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [, digits = '', word] of text.matchAll(/(\d+(?:[.,]\d+)?)\s*(\p{L}+)?/gu)) {
    const length = word === undefined ? minute : units.find(([beginning]) => beginning.test(word))?.[1];
    // Each unit once, from the largest to the smallest: "5m 1h" is more likely a slip.
    if (length === undefined || length >= smallest) return undefined;
    if (word === undefined && smallest !== Number.POSITIVE_INFINITY && smallest !== hour) return undefined;
    smallest = length;
    ms += number(digits) * length;
  }
  return Math.floor(ms + 1e-6);
}

function number(digits: string): number {
  return Number(digits.replace(',', '.'));
}
