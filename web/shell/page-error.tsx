import { Alert, Button } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/client.ts';

/** Instead of a page, or of a part of one, that could not be shown. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" title={t('error.title')} m="md" role="alert">
      <p>{problemText(error)}</p>
      <Button onClick={retry} variant="default">
        {t('error.retry')}
      </Button>
    </Alert>
  );
}

/** Around each page: what throws while it is drawn takes nothing else down. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const retry = (): void => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  return <Failed error={error} retry={retry} />;
}
