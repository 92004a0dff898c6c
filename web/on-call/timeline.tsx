import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import { layersQuery, overridesQuery, type Window } from '../api/schedules.ts';
import type { Override, Schedule } from '../api/types.ts';
import { turnsOf } from './duty-times.ts';
import { type Block, hueOf, type Row, TimelineGrid } from './timeline-grid.tsx';

interface TimelineProps {
  readonly schedule: Schedule;
  readonly window: Window;
  readonly days: number;
}

/** Each layer by itself, the overrides, and what comes of all of them. The list below it says the outcome in words. */
export function Timeline({ schedule, window, days }: TimelineProps) {
  const { t } = useTranslation('on-call');
  const { userName } = usePeople();
  const { data: overrides = [] } = useQuery(overridesQuery(schedule.id));
  const { data: roster } = useQuery(layersQuery(schedule.id, window));
  const who = (users: readonly string[], shadows: readonly string[] = []): string =>
    [...users.map(userName), ...shadows.map((id) => t('shadow', { name: userName(id) }))].join(', ');
  const rows: Row[] = [
    ...schedule.layers.map((layer, i) => ({
      name: layer.name ?? t('layer', { number: i + 1 }),
      blocks: (roster?.layers?.[i] ?? []).map(({ start, end, users, shadows }) => ({
        ...{ start, end, kind: 'shift' as const },
        text: who(users, shadows),
        hue: hueOf(users),
      })),
    })),
    { name: t('overrides'), blocks: overrides.map((one) => overrideBlock(one, who([whoseOf(one)]))) },
    {
      name: t('outcome'),
      blocks: (roster === undefined ? [] : turnsOf(roster)).map(({ start, end, users, shadows }) => ({
        ...{ start, end },
        kind: users.length === 0 ? ('gap' as const) : ('shift' as const),
        text: users.length === 0 ? `⚠ ${t('nobody')}` : who(users, shadows),
        ...(users.length > 0 && { hue: hueOf(users) }),
      })),
    },
  ];
  return <TimelineGrid label={t('calendar')} rows={rows} timeZone={schedule.timeZone} window={window} days={days} />;
}

const whoseOf = ({ user, adds, replaces }: Override): string => user ?? adds ?? replaces ?? '';

function overrideBlock({ start, end, user, adds, replaces }: Override, name: string): Block {
  const sign = adds !== null ? '+ ' : user === null && replaces !== null ? '− ' : '';
  return { start, end, kind: 'override', text: sign + name };
}
