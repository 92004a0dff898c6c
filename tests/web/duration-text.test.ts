import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../domain/duration.ts';
import { isoMilliseconds, isoOf, typedOf } from '../../web/admin/ui/duration-text.ts';

const letters = {
  en: { day: 'd', hour: 'h', minute: 'm', second: 's' },
  de: { day: 'T', hour: 'h', minute: 'm', second: 's' },
  fr: { day: 'j', hour: 'h', minute: 'min', second: 's' },
  ru: { day: 'д', hour: 'ч', minute: 'мин', second: 'с' },
};

describe('a length of time that is typed', () => {
  it.each([
    ['5m', 'PT5M'],
    ['1h 30m', 'PT1H30M'],
    ['1h30', 'PT1H30M'],
    ['1:30', 'PT1H30M'],
    ['90', 'PT1H30M'],
    ['90 min', 'PT1H30M'],
    [' 2 Hours, 5 minutes ', 'PT2H5M'],
    ['1,5 Std.', 'PT1H30M'],
    ['0.5h', 'PT30M'],
    ['30s', 'PT30S'],
    ['2d', 'PT48H'],
    ['1 semaine', 'PT168H'],
    ['1 ч 30 мин', 'PT1H30M'],
    ['2 дня', 'PT48H'],
    ['pt5m', 'PT5M'],
    ['P1DT2H', 'PT26H'],
  ])('%s is %s', (typed, iso) => {
    expect(isoOf(typed)).toBe(iso);
  });

  it.each(['', 'soon', '5x', '5m 1h', '1h 2h', '-5m', '5m 3', '1:75', 'm5', '1.2.3h', 'PT'])('%s is none', (typed) => {
    expect(isoOf(typed)).toBeUndefined();
  });

  it.each(Object.entries(letters))('is read again as it is shown in %s', (_, own) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * 86_400 }), (seconds) => {
        const iso = formatDuration(seconds * 1000);
        expect(isoOf(typedOf(iso, own))).toBe(iso);
      }),
    );
  });
});

it('reads what the API writes as the API does', () => {
  const part = fc.option(fc.integer({ min: 0, max: 9999 }), { nil: undefined });
  const fraction = fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined });
  fc.assert(
    fc.property(part, part, part, part, part, fraction, (weeks, days, hours, minutes, seconds, thousandths) => {
      const written = (n: number | undefined, unit: string): string => (n === undefined ? '' : `${n}${unit}`);
      const decimals = thousandths === undefined ? '' : `.${String(thousandths).padStart(3, '0')}`;
      const time =
        written(hours, 'H') + written(minutes, 'M') + (seconds === undefined ? '' : `${seconds}${decimals}S`);
      const text = `P${written(weeks, 'W')}${written(days, 'D')}${time === '' ? '' : `T${time}`}`;
      fc.pre(text !== 'P');
      expect(isoMilliseconds(text)).toBe(parseDuration(text));
    }),
  );
});

it('keeps apart what it cannot read', () => {
  expect(isoMilliseconds('5m')).toBeUndefined();
  expect(typedOf('5 minits', letters.en)).toBe('5 minits');
  expect(typedOf('PT0S', letters.en)).toBe('0m');
});
