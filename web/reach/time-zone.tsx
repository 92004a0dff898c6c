import { TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface TimeZoneProps {
  readonly value: string | null;
  readonly onChange: (timeZone: string | null) => void;
  readonly error?: string | undefined;
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** Typed, with the zones that the browser knows to choose from. */
export function TimeZone({ value, onChange, error }: TimeZoneProps) {
  const { t } = useTranslation('settings');
  const id = useId();
  return (
    <>
      <TextInput
        label={t('timeZone.title')}
        description={t('timeZone.hint', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        list={id}
        autoComplete="off"
        maxLength={100}
        placeholder="UTC"
        value={value ?? ''}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      />
      <datalist id={id}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
