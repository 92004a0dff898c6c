import { Alert } from '@mantine/core';
import { problemText } from '../api/client.ts';

/** What the API says to what it refused; nothing where it refused nothing. */
export function Failure({ error }: { error: Error | null }) {
  if (error === null) return null;
  return (
    <Alert color="red" role="alert" py="xs">
      {problemText(error)}
    </Alert>
  );
}
