import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isoMilliseconds, isoOf, typedOf } from './duration-text.ts';

interface DurationInputProps {
  readonly label: string;
  readonly description?: string;
  /** ISO 8601, or what was typed and is none; empty for nothing. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly name?: string;
}

/** A length of time as people type it. What is none keeps the form from being sent, and says why. */
export function DurationInput({
  label,
  description,
  value,
  onChange,
  error,
  required = false,
  name,
}: DurationInputProps) {
  const { t } = useTranslation('admin');
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const letters = {
    day: t('duration.day'),
    hour: t('duration.hour'),
    minute: t('duration.minute'),
    second: t('duration.second'),
  };
  const wrong = value !== '' && isoMilliseconds(value) === undefined ? t('duration.wrong') : undefined;
  useEffect(() => field.current?.setCustomValidity(wrong ?? ''), [wrong]);
  return (
    <TextInput
      ref={field}
      label={label}
      description={description}
      error={typed === null ? (wrong ?? error) : error}
      required={required}
      withAsterisk={false}
      autoComplete="off"
      placeholder={t('duration.example')}
      {...(name !== undefined && { name })}
      value={typed ?? typedOf(value, letters)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onChange(text.trim() === '' ? '' : (isoOf(text) ?? text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
