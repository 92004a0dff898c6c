import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Section } from '../admin/ui/edit-form.tsx';
import { problemText } from '../api/client.ts';
import { endSession, sessionsQuery } from '../api/settings.ts';
import { useFormats } from '../i18n/format.ts';
import { Failed } from '../shell/page-error.tsx';
import { deviceOf } from './device.ts';
import styles from './settings.module.css';

/** Where one is signed in, and signing out there. */
export function Sessions() {
  const { t } = useTranslation('settings');
  const { moment } = useFormats();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...sessionsQuery, refetchOnMount: 'always' });
  const end = useMutation({
    mutationFn: endSession,
    onSettled: () => client.invalidateQueries(sessionsQuery),
  });
  return (
    <Section title={t('sessions.title')} hint={t('sessions.hint')}>
      {data === undefined && error !== null && <Failed error={error} retry={() => void refetch()} />}
      {end.isError && (
        <Alert color="red" role="alert" py="xs">
          {problemText(end.error)}
        </Alert>
      )}
      <ul className={styles.sessions}>
        {data?.map(({ id, createdAt, lastUsedAt, userAgent, current }) => {
          const device = deviceOf(userAgent) ?? t('sessions.unknown');
          return (
            <li key={id}>
              <span>
                {device}
                {current && <strong> · {t('sessions.current')}</strong>}
                <span className={styles.used}>
                  {t('sessions.used', { at: moment(lastUsedAt), since: moment(createdAt) })}
                </span>
              </span>
              {!current && (
                <Button
                  variant="default"
                  aria-label={t('sessions.endOf', { device, since: moment(createdAt) })}
                  loading={end.isPending && end.variables === id}
                  onClick={() => end.mutate(id)}
                >
                  {t('sessions.end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
