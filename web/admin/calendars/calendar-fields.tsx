import { Button, Checkbox, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '../../api/types.ts';
import { regional } from '../../i18n/format.ts';
import { Fields, Section } from '../ui/edit-form.tsx';
import type { FieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import type { Draft } from '../ui/use-draft.ts';
import { linesIn, specialIn, specialText, type Windows, windowsIn, windowsText } from './hours-text.ts';
import { TypedField } from './typed-field.tsx';

export const calendarFields = ['name', 'timeZone', 'hours', 'holidays', 'special'] as const;
export type CalendarDraft = Pick<Calendar, 'name' | 'timeZone' | 'hours'> & {
  readonly holidays: NonNullable<Calendar['holidays']>;
  readonly special: NonNullable<Calendar['special']>;
};

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const officeHours: Exclude<Calendar['hours'], 'always'> = Object.fromEntries(
  weekdays.slice(0, 5).map((day) => [day, [['09:00', '17:00']] satisfies Windows]),
);

interface CalendarFieldsProps {
  readonly draft: Draft<CalendarDraft>;
  readonly errors: FieldErrors;
}

export function CalendarFields({ draft: { fields, set }, errors }: CalendarFieldsProps) {
  const { t } = useTranslation(['calendars', 'admin']);
  const zones = useId();
  const [names] = useState(() => ['UTC', ...Intl.supportedValuesOf('timeZone')]);
  return (
    <>
      <Section title={t('section.calendar')}>
        <Fields>
          <TextInput
            label={t('admin:people.col.name')}
            required
            maxLength={200}
            value={fields.name}
            error={errors.at('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('timeZone')}
            description={t('timeZoneHint')}
            required
            list={zones}
            autoComplete="off"
            value={fields.timeZone}
            error={errors.at('timeZone')}
            onChange={(event) => set({ timeZone: event.currentTarget.value })}
          />
          <datalist id={zones}>
            {names.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </Fields>
      </Section>
      <Section title={t('section.week')} hint={t('hoursHint')}>
        <Week hours={fields.hours} errors={errors} onChange={(hours) => set({ hours })} />
      </Section>
      <Section title={t('section.days')}>
        <Fields>
          <TypedField
            label={t('holidays')}
            description={t('holidaysHint')}
            rows={6}
            value={fields.holidays}
            textOf={(days) => days.join('\n')}
            read={linesIn}
            error={errors.at('holidays')}
            onChange={(holidays) => set({ holidays })}
          />
          <TypedField
            label={t('special')}
            description={t('specialHint')}
            rows={6}
            value={fields.special}
            textOf={specialText}
            read={specialIn}
            error={errors.at('special')}
            onChange={(special) => set({ special })}
          />
        </Fields>
      </Section>
    </>
  );
}

interface WeekProps {
  readonly hours: Calendar['hours'];
  readonly errors: FieldErrors;
  readonly onChange: (hours: Calendar['hours']) => void;
}

function Week({ hours, errors, onChange }: WeekProps) {
  const { t, i18n } = useTranslation('calendars');
  const format = new Intl.DateTimeFormat(regional(i18n.language), { weekday: 'long', timeZone: 'UTC' });
  // 2024-01-01 was a Monday.
  const nameOf = (number: number): string => format.format(Date.UTC(2024, 0, 1 + number));
  const week = hours === 'always' ? {} : hours;
  /** Closed days are left out, as the API keeps them. */
  const set = (part: Partial<Record<(typeof weekdays)[number], Windows>>): void =>
    onChange(Object.fromEntries(Object.entries({ ...week, ...part }).filter(([, windows]) => windows.length > 0)));
  return (
    <>
      <Checkbox
        mb="sm"
        label={t('always')}
        checked={hours === 'always'}
        onChange={(event) => onChange(event.currentTarget.checked ? 'always' : officeHours)}
      />
      {hours !== 'always' && (
        <div className={ui.conditions}>
          {weekdays.map((day, i) => (
            <TypedField
              key={day}
              label={nameOf(i)}
              value={week[day] ?? []}
              textOf={windowsText}
              read={windowsIn}
              error={errors.at(`hours.${day}`)}
              onChange={(windows) => set({ [day]: windows })}
            />
          ))}
          <Button
            variant="default"
            size="xs"
            onClick={() => set(Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, week.mon ?? []])))}
          >
            {t('copy', { day: nameOf(0) })}
          </Button>
        </div>
      )}
    </>
  );
}
