import { NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import { priorities } from '../ui/choices.ts';
import { type KindName, kinds, splits } from './kinds.ts';
import styles from './reports.module.css';
import { type DaySpan, dayText, intervalOf, type ReportSearch, spans } from './search.ts';

interface ControlsProps {
  readonly name: KindName;
  readonly search: ReportSearch;
  readonly span: DaySpan;
}

/** What the report is of: all of it is in the address. */
export function Controls({ name, search, span }: ControlsProps) {
  const { t } = useTranslation(['reports', 'desk']);
  const { teams } = usePeople();
  const navigate = useNavigate();
  const any = { value: '', label: t('desk:queue.any') };
  const set = (change: Readonly<Record<string, string>>): void => {
    const given = Object.entries({ ...search, ...change }).filter(([, value]) => value !== '');
    void navigate({ to: '/reports/$name', params: { name }, search: Object.fromEntries(given), replace: true });
  };
  const lastDay = new Date(span.to.getFullYear(), span.to.getMonth(), span.to.getDate() - 1);
  const byTickets = name !== 'on-call';
  return (
    <search className={styles.controls} aria-label={t('controls')}>
      <NativeSelect
        label={t('span.label')}
        value={search.span ?? 'month'}
        onChange={(event) => set({ span: event.currentTarget.value, from: dayText(span.from), to: dayText(lastDay) })}
        data={spans.map((value) => ({ value, label: t(`span.${value}`) }))}
      />
      {search.span === 'own' && (
        <>
          <TextInput
            type="date"
            label={t('from')}
            value={dayText(span.from)}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('to')}
            value={dayText(lastDay)}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </>
      )}
      {name !== 'load' && name !== 'on-call' && (
        <NativeSelect
          label={t('interval.label')}
          value={intervalOf(search, span)}
          onChange={(event) => set({ interval: event.currentTarget.value })}
          data={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`interval.${value}`) }))}
        />
      )}
      {kinds[name].splits && (
        <NativeSelect
          label={t('split.label')}
          value={search.by ?? 'period'}
          onChange={(event) => set({ by: event.currentTarget.value })}
          data={splits.map((value) => ({ value, label: t(`split.${value}`) }))}
        />
      )}
      {byTickets && (
        <>
          <NativeSelect
            label={t('desk:queue.team')}
            value={search.team ?? ''}
            onChange={(event) => set({ team: event.currentTarget.value })}
            data={[
              any,
              { value: 'none', label: t('desk:queue.noTeam') },
              ...teams.map(({ id, name: label }) => ({ value: id, label })),
            ]}
          />
          <NativeSelect
            label={t('desk:queue.priority')}
            value={search.priority ?? ''}
            onChange={(event) => set({ priority: event.currentTarget.value })}
            data={[any, ...priorities.toReversed().map((value) => ({ value, label: t(`desk:priority.${value}`) }))]}
          />
        </>
      )}
    </search>
  );
}
