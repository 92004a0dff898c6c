import { Alert } from '@mantine/core';
import { CopyText } from './copy-text.tsx';

interface SecretProps {
  readonly label: string;
  readonly value: string;
  /** What it is for, and that it is shown once. */
  readonly hint: string;
}

/** What is shown once, and has to be taken away. */
export function Secret({ label, value, hint }: SecretProps) {
  return (
    <Alert color="green" py="sm" role="status">
      <CopyText label={label} description={hint} value={value} />
    </Alert>
  );
}
