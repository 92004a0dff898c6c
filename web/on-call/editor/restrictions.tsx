import { Button, Checkbox, Input, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { regional } from '../../i18n/format.ts';
import { type RestrictionDraft, weekdays } from './draft.ts';
import styles from './editor.module.css';
import { messageOf, type Problems, within } from './problems.ts';

interface RestrictionsProps {
  readonly value: readonly RestrictionDraft[];
  readonly onChange: (value: readonly RestrictionDraft[]) => void;
  /** By number. */
  readonly problems: Problems;
}

const office: RestrictionDraft = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' };

/** On which days, and from when to when on them, the layer has duty. */
export function Restrictions({ value, onChange, problems }: RestrictionsProps) {
  const { t } = useTranslation('schedule-editor');
  const add = useId();
  return (
    <fieldset className={styles.part}>
      <legend>{t('restrictions.title')}</legend>
      {value.length === 0 && <p className={styles.hint}>{t('restrictions.none')}</p>}
      {value.map((restriction, i) => (
        <Restriction
          key={i}
          number={i + 1}
          value={restriction}
          onChange={(changed) => onChange(value.with(i, changed))}
          onRemove={() => {
            onChange(value.toSpliced(i, 1));
            document.getElementById(add)?.focus();
          }}
          problems={within(problems, String(i))}
        />
      ))}
      <Button id={add} variant="default" onClick={() => onChange([...value, office])}>
        {t('restrictions.add')}
      </Button>
    </fieldset>
  );
}

interface RestrictionProps {
  readonly number: number;
  readonly value: RestrictionDraft;
  readonly onChange: (value: RestrictionDraft) => void;
  readonly onRemove: () => void;
  readonly problems: Problems;
}

function Restriction({ number, value, onChange, onRemove, problems }: RestrictionProps) {
  const { t, i18n } = useTranslation('schedule-editor');
  const { days, from, to } = value;
  const [short, long] = (['short', 'long'] as const).map(
    (weekday) => new Intl.DateTimeFormat(regional(i18n.language), { weekday, timeZone: 'UTC' }),
  );
  const daysError = messageOf(problems, 'days');
  return (
    <div className={styles.restriction} role="group" aria-label={t('restrictions.one', { number })}>
      <div className={styles.days}>
        {weekdays.map((day, i) => {
          // 2024-01-01 was a Monday.
          const date = Date.UTC(2024, 0, 1 + i);
          return (
            <Checkbox
              key={day}
              size="xs"
              label={short?.format(date)}
              aria-label={long?.format(date)}
              checked={days.includes(day)}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                onChange({ ...value, days: weekdays.filter((one) => (one === day ? checked : days.includes(one))) });
              }}
            />
          );
        })}
      </div>
      {daysError !== undefined && <Input.Error role="alert">{daysError}</Input.Error>}
      <div className={styles.fields}>
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="time"
            required
            label={t(`restrictions.${end}`)}
            error={messageOf(problems, end)}
            value={value[end]}
            onChange={(event) => onChange({ ...value, [end]: event.currentTarget.value })}
          />
        ))}
        <Button
          variant="default"
          onClick={onRemove}
          aria-label={t('removeWhat', { what: t('restrictions.one', { number }) })}
        >
          {t('remove')}
        </Button>
      </div>
      {to <= from && to !== '' && <p className={styles.hint}>{t('restrictions.nextDay')}</p>}
    </div>
  );
}
