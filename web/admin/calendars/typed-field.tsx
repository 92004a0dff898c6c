import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';

interface TypedFieldProps<T> {
  readonly label: string;
  readonly description?: string | undefined;
  readonly value: T;
  readonly textOf: (value: T) => string;
  readonly read: (text: string) => T;
  readonly onChange: (value: T) => void;
  readonly error?: string | undefined;
  /** More than one line. */
  readonly rows?: number;
}

/** A field for what is typed as text and kept as something else. While it is typed in, what was typed stays as it is. */
export function TypedField<T>({ value, textOf, read, onChange, rows, ...rest }: TypedFieldProps<T>) {
  const [typed, setTyped] = useState<string | null>(null);
  const shared = {
    ...rest,
    autoComplete: 'off',
    value: typed ?? textOf(value),
    onChange: ({ currentTarget: { value: text } }: { currentTarget: { value: string } }) => {
      setTyped(text);
      onChange(read(text));
    },
    onBlur: () => setTyped(null),
  };
  return rows === undefined ? <TextInput {...shared} /> : <Textarea {...shared} rows={rows} />;
}
