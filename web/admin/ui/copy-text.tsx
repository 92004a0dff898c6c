import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What is to be taken somewhere else, such as an address. */
export function CopyText({ label, description, value }: { label: string; description?: string; value: string }) {
  const { t } = useTranslation('admin');
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // A desk that is reached by plain HTTP: it is selected, so that the keyboard copies it.
    }
  };
  return (
    <div>
      <TextInput
        ref={field}
        readOnly
        label={label}
        description={description}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <Button variant="default" mt="xs" onClick={() => void copy()}>
        {copied ? `✓ ${t('secret.copied')}` : t('secret.copy')}
      </Button>
    </div>
  );
}
