import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { newKey, problemText } from '../api/client.ts';
import { feedsQuery, makeFeed, removeFeed } from '../api/schedules.ts';
import { useFormats } from '../i18n/format.ts';
import styles from './on-call.module.css';

/**
 * Secret addresses for the user's own calendar programs. An address is shown once, since the desk keeps only its hash;
 * that there is one, and when it was made, is always shown, so that it can be revoked.
 */
export function Feed({ user }: { user: string }) {
  const { t } = useTranslation('on-call');
  const { moment } = useFormats();
  const client = useQueryClient();
  const query = feedsQuery(user);
  const { data: feeds = [], error } = useQuery(query);
  const onSuccess = () => client.invalidateQueries({ queryKey: query.queryKey });
  const make = useMutation({ mutationFn: () => makeFeed(user, newKey()), onSuccess });
  const remove = useMutation({
    mutationFn: (id: string) => removeFeed(id),
    onSuccess: async (_, id) => {
      if (make.data?.id === id) make.reset();
      await onSuccess();
    },
  });
  const url = make.data?.url;
  const failed = make.error ?? remove.error ?? error;
  return (
    <div>
      <p className={styles.quiet}>{t('feed.text')}</p>
      {url !== undefined && (
        <Alert title={t('feed.made')}>
          <code className={styles.address}>{url}</code>
          <p>
            <Button variant="default" onClick={() => void navigator.clipboard.writeText(url)}>
              {t('feed.copy')}
            </Button>
          </p>
        </Alert>
      )}
      <ul className={styles.feeds}>
        {feeds.map(({ id, createdAt }) => (
          <li key={id}>
            {t('feed.since', { when: moment(createdAt) })}{' '}
            <Button
              variant="default"
              size="compact-sm"
              loading={remove.isPending && remove.variables === id}
              onClick={() => remove.mutate(id)}
            >
              {t('feed.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
        {t('feed.make')}
      </Button>
      {failed !== null && (
        <p role="alert" className={styles.gap}>
          {problemText(failed)}
        </p>
      )}
    </div>
  );
}
