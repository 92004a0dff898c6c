import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDutyTimes } from '../duty-times.ts';
import { isTimeZone, wallText } from '../zone.ts';
import { instantOf, type TimeDraft } from './draft.ts';

interface TimeFieldProps {
  readonly label: string;
  readonly timeZone: string;
  readonly value: TimeDraft;
  readonly onChange: (value: TimeDraft) => void;
  readonly error?: string | undefined;
  readonly required?: boolean;
}

/** A time on the clocks of the schedule, with that said beside it; and which one is meant where clocks leave it out. */
export function TimeField({ label, timeZone, value, onChange, error, required = false }: TimeFieldProps) {
  const { t } = useTranslation('schedule-editor');
  const { moment } = useDutyTimes(isTimeZone(timeZone) ? timeZone : 'UTC');
  const instant = value.text === '' ? undefined : instantOf(timeZone, value);
  const at = instant === undefined ? Number.NaN : Date.parse(instant);
  const isLeftOut = isTimeZone(timeZone) && !Number.isNaN(at) && wallText(timeZone, at) !== value.text.slice(0, 16);
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={isLeftOut ? t('leftOut', { at: moment(at) }) : timeZone}
      error={error}
      required={required}
      value={value.text}
      onChange={(event) => onChange({ ...value, text: event.currentTarget.value })}
    />
  );
}
