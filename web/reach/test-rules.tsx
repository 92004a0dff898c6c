import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, newKey, problemText } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import type { Incident } from '../api/types.ts';
import { Timeline } from '../ticket/timeline.tsx';
import styles from './reach.module.css';

/** Until the incident is recorded; from then on its events bring it up to date. */
const askEveryMs = 1000;

/** Pages somebody by their rules as they are stored, and shows what came of it as it comes. */
export function TestRules({ path, disabled }: { path: string; disabled: boolean }) {
  const { t } = useTranslation('settings');
  const test = useMutation({
    mutationFn: () => call<{ incident: string }>('POST', path, { idempotencyKey: newKey() }),
  });
  return (
    <div className={styles.lines}>
      <div className={styles.times}>
        <Button variant="default" loading={test.isPending} disabled={disabled} onClick={() => test.mutate()}>
          {t('test.button')}
        </Button>
        {disabled && <span className={styles.none}>{t('test.saveFirst')}</span>}
      </div>
      {test.isError && (
        <Alert color="red" role="alert" py="xs">
          {problemText(test.error)}
        </Alert>
      )}
      {test.isSuccess && <Outcome incident={test.data.incident} />}
    </div>
  );
}

function Outcome({ incident }: { incident: string }) {
  const { t } = useTranslation('settings');
  const mayWork = useMay('work');
  const { data } = useQuery({
    // Below the incidents, so that their events bring it up to date as well.
    queryKey: ['incidents', { test: incident }],
    queryFn: ({ signal }) => call<Incident>('GET', `/v1/incidents/${encodeURIComponent(incident)}`, { signal }),
    retry: false,
    refetchInterval: ({ state }) => (state.data === undefined ? askEveryMs : false),
  });
  const resolve = useMutation({
    mutationFn: () =>
      call('POST', `/v1/incidents/${encodeURIComponent(incident)}/resolve`, { body: {}, idempotencyKey: newKey() }),
  });
  const paged = data?.timeline.some(({ type }) => type === 'incident.paged') ?? false;
  const failed = data?.timeline.filter(({ type }) => type === 'incident.page-failed').length ?? 0;
  return (
    <div role="status" className={styles.outcome}>
      <p>
        {failed > 0
          ? `⚠ ${t('test.failed', { count: failed })}`
          : paged
            ? `✓ ${t('test.paged')}`
            : `… ${t('test.underWay')}`}
      </p>
      {data !== undefined && <Timeline events={data.timeline} ticket={null} />}
      {mayWork && data !== undefined && data.status !== 'resolved' && (
        <Button variant="default" size="compact-xs" loading={resolve.isPending} onClick={() => resolve.mutate()}>
          {t('test.end')}
        </Button>
      )}
      {resolve.isError && <p role="alert">{problemText(resolve.error)}</p>}
    </div>
  );
}
