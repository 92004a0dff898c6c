/**
 * Durations as the API writes them (`PT2H`) and milliseconds as everything else counts them. Free of imports, since
 * workflow code uses it.
 */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const shape =
  /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)(?:[.,](\d{1,9}))?H)?(?:(\d+)(?:[.,](\d{1,9}))?M)?(?:(\d+)(?:[.,](\d{1,9}))?S)?)?$/;

/** Fractions of hours, minutes and seconds stand at these places of a match; only the last part given may have one. */
const fractionNotLast = /[.,]\d+[HM]\d/;
const yearsOrMonths = /^P[\d.,WD]*[YM]/;

/**
 * Whole milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds; a day is 24 hours. The last of
 * hours, minutes and seconds may have a fraction of up to nine digits; what is less than a millisecond is dropped.
 * @throws RangeError for years and months, whose length depends on the date, for negative durations, and for text of
 * any other shape.
 */
export function parseDuration(text: string): number {
  if (text.startsWith('-')) throw new RangeError(`${quote(text)} is negative`);
  if (yearsOrMonths.test(text)) {
    throw new RangeError(`${quote(text)} has years or months, which have no fixed length; use weeks, days or hours`);
  }
  const parts = shape.exec(text);
  if (parts === null || fractionNotLast.test(text)) {
    throw new RangeError(`${quote(text)} is not an ISO 8601 duration such as PT2H, PT1H30M or P1D`);
  }
  const [, weeks, days, hours, hourFraction, minutes, minuteFraction, seconds, secondFraction] = parts;
  const sum =
    whole(weeks, 7 * day) +
    whole(days, day) +
    whole(hours, hour) +
    fraction(hourFraction, hour) +
    whole(minutes, minute) +
    fraction(minuteFraction, minute) +
    whole(seconds, second) +
    fraction(secondFraction, second);
  if (!Number.isSafeInteger(sum)) throw new RangeError(`${quote(text)} is too long`);
  return sum;
}

/**
 * A length of time in hours, minutes and seconds, never days: `PT26H5M3S`, `PT45M`, `PT0S`. Less than a second is
 * dropped. A negative number (what remains after a target was missed, say) is written with a sign before it: `-PT5M`.
 * @throws RangeError where `ms` is not finite.
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) throw new RangeError(`${ms} is not a length of time`);
  const total = Math.floor(Math.abs(ms) / second);
  if (total === 0) return 'PT0S';
  const parts: [number, string][] = [
    [Math.floor(total / 3600), 'H'],
    [Math.floor(total / 60) % 60, 'M'],
    [total % 60, 'S'],
  ];
  const text = parts.map(([n, unit]) => (n === 0 ? '' : `${n}${unit}`)).join('');
  return `${ms < 0 ? '-' : ''}PT${text}`;
}

function whole(digits: string | undefined, unit: number): number {
  return digits === undefined ? 0 : Number(digits) * unit;
}

/** Multiplies before it divides, on whole numbers: 1.005 s is 1005 ms, which 1.005 * 1000 is not. */
function fraction(digits: string | undefined, unit: number): number {
  return digits === undefined ? 0 : Math.floor((Number(digits) * unit) / 10 ** digits.length);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
