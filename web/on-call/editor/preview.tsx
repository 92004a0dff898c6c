import { Alert, Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../api/client.ts';
import { usePeople } from '../../api/people.ts';
import { previewQuery } from '../../api/schedules.ts';
import type { Roster } from '../../api/types.ts';
import { turnsOf, useDutyTimes } from '../duty-times.ts';
import { Who } from '../now-and-next.tsx';
import styles from '../on-call.module.css';
import { hueOf, type Row, TimelineGrid } from '../timeline-grid.tsx';
import { isTimeZone, midnight } from '../zone.ts';
import { layersOf, type ScheduleDraft } from './draft.ts';
import { type Problems, problemsOf } from './problems.ts';

const days = 14;
const debounceMs = 400;

/** The draft as the API sees it: asked a moment after the last change. */
export function usePreview(draft: ScheduleDraft, offset: number) {
  const layers = layersOf(draft);
  const [{ timeZone, json }] = useDebouncedValue(
    { timeZone: draft.timeZone, json: JSON.stringify(layers) },
    debounceMs,
  );
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const first = midnight(zone, Date.now(), offset * days);
  const window = {
    from: new Date(first).toISOString(),
    to: new Date(midnight(zone, first, days)).toISOString(),
  };
  const whole = useQuery({ ...previewQuery(timeZone, json, window), placeholderData: keepPreviousData });
  const each = useQueries({
    queries: (JSON.parse(json) as unknown[]).map((layer) => ({
      ...previewQuery(timeZone, JSON.stringify([layer]), window),
      placeholderData: keepPreviousData,
    })),
  });
  const problems: Problems = problemsOf(whole.error);
  return { whole, layers: each.map(({ data }) => data), problems, window, zone };
}

interface PreviewProps {
  readonly draft: ScheduleDraft;
  readonly preview: ReturnType<typeof usePreview>;
  readonly onMove: (by: -1 | 1 | null) => void;
}

/** Who would be on duty, layer by layer and altogether, as it is typed. */
export function Preview({ draft, preview, onMove }: PreviewProps) {
  const { t } = useTranslation(['schedule-editor', 'on-call', 'desk']);
  const { userName } = usePeople();
  const { whole, layers, problems, window, zone } = preview;
  const who = (users: readonly string[], shadows: readonly string[] = []): string =>
    [...users.map(userName), ...shadows.map((id) => t('on-call:shadow', { name: userName(id) }))].join(', ');
  const row = (name: string, roster: Roster | undefined, gaps: boolean): Row => ({
    name,
    blocks: (roster === undefined ? [] : turnsOf(gaps ? roster : { ...roster, gaps: [] })).map((turn) => ({
      ...{ start: turn.start, end: turn.end },
      kind: turn.users.length === 0 ? ('gap' as const) : ('shift' as const),
      text: turn.users.length === 0 ? `⚠ ${t('on-call:nobody')}` : who(turn.users, turn.shadows),
      ...(turn.users.length > 0 && { hue: hueOf(turn.users) }),
    })),
  });
  const isWrong = whole.error !== null;
  const rows = [
    ...draft.layers.map(({ name }, i) => row(name || t('layer', { number: i + 1 }), layers[i], false)),
    row(t('on-call:outcome'), isWrong ? undefined : whole.data, true),
  ];
  return (
    <section className={styles.section} aria-labelledby="preview">
      <h2 id="preview">{t('preview.title')}</h2>
      <p className={styles.quiet}>{t('preview.hint', { zone })}</p>
      <div className={styles.controls}>
        <Button variant="default" onClick={() => onMove(-1)}>
          {t('on-call:earlier')}
        </Button>
        <Button variant="default" onClick={() => onMove(null)}>
          {t('on-call:today')}
        </Button>
        <Button variant="default" onClick={() => onMove(1)}>
          {t('on-call:later')}
        </Button>
      </div>
      <TimelineGrid label={t('preview.title')} rows={rows} timeZone={zone} window={window} days={days} />
      <div role="status" className={styles.controls}>
        {isWrong ? (
          problems.length > 0 ? (
            <strong className={styles.gap}>
              <span aria-hidden="true">⚠ </span>
              {t('preview.wrong', { count: problems.length })}
            </strong>
          ) : (
            <Alert color="red" py="xs">
              {problemText(whole.error)}{' '}
              <Button variant="default" onClick={() => void whole.refetch()}>
                {t('desk:error.retry')}
              </Button>
            </Alert>
          )
        ) : (
          whole.data !== undefined && <Outcome roster={whole.data} />
        )}
      </div>
      {!isWrong && whole.data !== undefined && (
        <details>
          <summary>{t('preview.list')}</summary>
          <List roster={whole.data} timeZone={zone} />
        </details>
      )}
    </section>
  );
}

function Outcome({ roster }: { roster: Roster }) {
  const { t } = useTranslation('schedule-editor');
  const { gaps } = roster;
  if (gaps.length === 0) return <span>{t('preview.noGaps')}</span>;
  return (
    <strong className={styles.gap}>
      <span aria-hidden="true">⚠ </span>
      {t('preview.gaps', { count: gaps.length })}
    </strong>
  );
}

function List({ roster, timeZone }: { roster: Roster; timeZone: string }) {
  const { span } = useDutyTimes(timeZone);
  return (
    <ul className={styles.list}>
      {turnsOf(roster).map(({ start, end, users }) => (
        <li key={start}>
          <span>
            <Who users={users} />
            <span className={styles.when}>{span(start, end)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Which fortnight is in sight, counted from today's. */
export function useOffset(): readonly [number, PreviewProps['onMove']] {
  const [offset, setOffset] = useState(0);
  return [offset, (by) => setOffset((now) => (by === null ? 0 : now + by))];
}
