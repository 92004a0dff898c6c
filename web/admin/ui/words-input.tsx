import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface WordsInputProps {
  readonly label: string;
  readonly description: string;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly error?: string | undefined;
}

/** Words separated by commas. While it is typed in, what was typed stays as it is. */
export function WordsInput({ label, description, value, onChange, error }: WordsInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      label={label}
      description={description}
      error={error}
      value={typed ?? value.join(', ')}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(wordsIn(event.currentTarget.value));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

function wordsIn(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}
