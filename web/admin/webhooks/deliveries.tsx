import { Alert, Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../api/client.ts';
import type { Delivery, Webhook } from '../../api/types.ts';
import { deliveriesQuery, redeliverFailed, testWebhook, webhooksQuery } from '../../api/webhooks.ts';
import { Failed } from '../../shell/page-error.tsx';
import { Section } from '../ui/edit-form.tsx';
import { DeliveryEntry } from './delivery-entry.tsx';
import styles from './webhooks.module.css';

const states = ['all', 'pending', 'failed', 'delivered'] as const;

/** What was sent and what waits, the latest first; every delivery can be opened, and sent again. */
export function Deliveries({ webhook: { id, enabled } }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const client = useQueryClient();
  const [state, setState] = useState<(typeof states)[number]>('all');
  const query = deliveriesQuery(id, state === 'all' ? undefined : state);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(query);
  const look = (): Promise<void> => client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  const test = useMutation({ mutationFn: () => testWebhook(id), onSuccess: look });
  const again = useMutation({ mutationFn: () => redeliverFailed(id), onSuccess: look });
  const shown = data?.pages.flatMap((page): readonly Delivery[] => page.data) ?? [];
  const problem = test.error ?? again.error;
  return (
    <div className={styles.deliveries}>
      <Section title={t('deliveries')} hint={t('deliveriesHint')}>
        <div className={styles.tools}>
          <NativeSelect
            size="xs"
            aria-label={t('state.label')}
            value={state}
            onChange={(event) => setState(event.currentTarget.value as typeof state)}
            data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <Button
            size="xs"
            variant="default"
            disabled={!enabled}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            {t('test')}
          </Button>
          {state === 'failed' && shown.length > 0 && (
            <Button
              size="xs"
              variant="default"
              disabled={!enabled}
              loading={again.isPending}
              onClick={() => again.mutate()}
            >
              {t('redeliverAll')}
            </Button>
          )}
          {!enabled && <span className={styles.dim}>{t('offHint')}</span>}
        </div>
        {problem !== null && (
          <Alert color="red" role="alert" py="xs" mb="xs">
            {problemText(problem)}
          </Alert>
        )}
        {data === undefined && error !== null ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : shown.length === 0 ? (
          <p className={styles.dim}>{data === undefined ? '…' : t(state === 'all' ? 'none' : 'noneOfThese')}</p>
        ) : (
          <ul className={styles.list} aria-label={t('deliveries')}>
            {shown.map((delivery) => (
              <DeliveryEntry key={delivery.id} webhook={id} delivery={delivery} enabled={enabled} />
            ))}
          </ul>
        )}
        {hasNextPage && (
          <Button size="xs" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </Section>
    </div>
  );
}
