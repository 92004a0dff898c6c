import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';

type Shown = Pick<Webhook, 'enabled' | 'health' | 'pending'>;

/** How a webhook does, in a word with a sign. */
export function HealthWord({ enabled, health: { state } }: Pick<Shown, 'enabled' | 'health'>) {
  const { t } = useTranslation('webhooks');
  if (state === 'given-up') return <span>✗ {t('health.given-up')}</span>;
  if (!enabled) return <span>○ {t('off')}</span>;
  return (
    <span>
      {state === 'good' ? '✓' : '⚠'} {t(`health.${state}`)}
    </span>
  );
}

/** What is to be known, and done, where something is not as it should be. */
export function HealthNotice({ enabled, health, pending }: Shown) {
  const { t } = useTranslation('webhooks');
  const { moment, number } = useFormats();
  const { state, failures, failingSince, restsUntil, givenUp } = health;
  if (givenUp !== null) {
    return (
      <Alert color="red" py="xs" mb="md" maw="46rem">
        <strong>✗ {t('health.given-up')}.</strong> {t(`givenUp.${givenUp}`)}{' '}
        {t('givenUp.what', { count: pending, number: number(pending) })}
      </Alert>
    );
  }
  if (!enabled || state === 'good' || failingSince === null) return null;
  return (
    <Alert color="yellow" py="xs" mb="md" maw="46rem">
      <strong>⚠ {t(`health.${state}`)}.</strong>{' '}
      {t('failing', { count: failures, at: moment(failingSince), number: number(failures) })}{' '}
      {restsUntil !== null && Date.parse(restsUntil) > Date.now() && t('resting', { at: moment(restsUntil) })}{' '}
      {t('waiting', { count: pending, number: number(pending) })}
    </Alert>
  );
}
