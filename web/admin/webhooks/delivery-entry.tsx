import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../api/client.ts';
import type { Delivery } from '../../api/types.ts';
import { deliveryQuery, redeliver, webhooksQuery } from '../../api/webhooks.ts';
import { useFormats } from '../../i18n/format.ts';
import { referenceOf } from '../../ui/reference.ts';
import styles from './webhooks.module.css';

interface DeliveryEntryProps {
  readonly webhook: string;
  readonly delivery: Delivery;
  /** Of the webhook: nothing is sent by one that is off. */
  readonly enabled: boolean;
}

const signs = { pending: '○', delivered: '✓', failed: '✗' } as const;

/** A delivery on a line; opened, what was sent and what was answered each time. */
export function DeliveryEntry({ webhook, delivery, enabled }: DeliveryEntryProps) {
  const { t } = useTranslation('webhooks');
  const { moment } = useFormats();
  const [open, setOpen] = useState(false);
  const { type, ticket, state, attempts, nextAttemptAt, createdAt, log } = delivery;
  const last = log.at(-1);
  const isLater = nextAttemptAt !== null && Date.parse(nextAttemptAt) > Date.now();
  return (
    <li className={styles.entry}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className={styles.state} data-state={state}>
            {signs[state]} {t(`state.${state}`)}
          </span>{' '}
          <code>{type}</code>{' '}
          <span className={styles.dim}>
            <time dateTime={createdAt}>{moment(createdAt)}</time>
            {attempts > 0 && ` · ${t('attempts', { count: attempts })}`}
            {last !== undefined && ` · ${last.status === null ? t('noAnswer') : `HTTP ${last.status}`}`}
            {isLater && ` · ${t('next', { at: moment(nextAttemptAt) })}`}
          </span>
        </summary>
        {ticket !== null && (
          <p>
            <Link to="/tickets/$id" params={{ id: ticket }}>
              {referenceOf(ticket)}
            </Link>
          </p>
        )}
        {log.length > 0 && (
          <ol className={styles.log} aria-label={t('log')}>
            {log.map((attempt) => (
              <li key={attempt.at}>
                <time dateTime={attempt.at}>{moment(attempt.at)}</time> ·{' '}
                {attempt.status === null ? t('noAnswer') : `HTTP ${attempt.status}`} · {attempt.ms} ms
                {attempt.answer !== '' && (
                  <div className={styles.answer} dir="auto">
                    {attempt.answer}
                  </div>
                )}
              </li>
            ))}
          </ol>
        )}
        {open && <Opened webhook={webhook} delivery={delivery} enabled={enabled} />}
      </details>
    </li>
  );
}

function Opened({ webhook, delivery: { id, state }, enabled }: DeliveryEntryProps) {
  const { t } = useTranslation('webhooks');
  const client = useQueryClient();
  const { data, error } = useQuery(deliveryQuery(webhook, id));
  const again = useMutation({
    mutationFn: () => redeliver(webhook, id),
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
  const problem = error ?? again.error;
  return (
    <>
      <p className={styles.dim}>
        <code>webhook-id: {id}</code>
      </p>
      {data !== undefined && (
        <pre className={styles.body} aria-label={t('body')} tabIndex={0}>
          {JSON.stringify(data.body, null, 2)}
        </pre>
      )}
      {problem !== null && (
        <Alert color="red" role="alert" py="xs" mb="xs">
          {problemText(problem)}
        </Alert>
      )}
      <Button size="xs" variant="default" disabled={!enabled} loading={again.isPending} onClick={() => again.mutate()}>
        {t(state === 'pending' ? 'now' : 'redeliver')}
      </Button>
    </>
  );
}
