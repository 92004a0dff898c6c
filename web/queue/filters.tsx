import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import type { Priority, Status, Ticket } from '../api/types.ts';
import { useShortcut } from '../shell/shortcuts.tsx';
import { priorities, statuses } from '../ui/choices.ts';
import { Icon } from '../shell/icons.tsx';
import styles from './queue.module.css';
import { askedByReports, type FilterChange, type QueueSearch, spanIn } from './search.ts';
import { useFormats } from '../i18n/format.ts';

const MoreFilters = lazy(() => import('../views/more-filters.tsx').then((it) => ({ default: it.MoreFilters })));

/** The filters, each of which is in the address: a link to the queue shows the same to everybody. */
export function Filters({ search, tickets }: { search: QueueSearch; tickets: readonly Ticket[] }) {
  const { t } = useTranslation();
  const { users, teams } = usePeople();
  const navigate = useNavigate();
  const rare = [search.due, search.level, search.channel, search.tag].some((value) => value !== undefined);
  const [opened, setOpened] = useState(false);
  const open = opened || rare;
  const any = { value: '', label: t('queue.any') };
  const set = (change: FilterChange): void => {
    const merged = { ...search, ...change };
    const given = Object.entries(merged).filter(([, value]) => value !== '');
    void navigate({ to: '/queue', search: Object.fromEntries(given), replace: true });
  };
  return (
    <search className={styles.filters} data-open={open} aria-label={t('queue.filters')}>
      <SearchField value={search.q ?? ''} onChange={(q) => set({ q })} />
      <FromReports search={search} onRemove={(name) => set({ [name]: '' })} />
      <NativeSelect
        label={t('queue.status')}
        value={search.status ?? ''}
        onChange={(event) => set({ status: event.currentTarget.value })}
        data={[
          { value: '', label: t('queue.unsolved') },
          ...statuses.map((value) => ({ value, label: t(`status.${value}`) })),
          { value: statuses.join(','), label: t('queue.all') },
          ...several(search.status, (word) => t(`status.${word as Status}`)),
        ]}
      />
      <NativeSelect
        label={t('queue.assignee')}
        value={search.assignee ?? ''}
        onChange={(event) => set({ assignee: event.currentTarget.value })}
        data={[
          any,
          { value: 'me', label: t('queue.me') },
          { value: 'none', label: t('queue.nobody') },
          ...users.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <NativeSelect
        label={t('queue.team')}
        value={search.team ?? ''}
        onChange={(event) => set({ team: event.currentTarget.value })}
        data={[
          any,
          { value: 'none', label: t('queue.noTeam') },
          ...teams.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <NativeSelect
        label={t('queue.priority')}
        value={search.priority ?? ''}
        onChange={(event) => set({ priority: event.currentTarget.value })}
        data={[
          any,
          ...priorities.toReversed().map((value) => ({ value, label: t(`priority.${value}`) })),
          { value: 'high,urgent', label: t('queue.highAndUrgent') },
          ...several(search.priority, (word) => t(`priority.${word as Priority}`)),
        ]}
      />
      <Button variant="default" aria-expanded={open} disabled={rare} onClick={() => setOpened(!opened)}>
        {t('queue.more')}
      </Button>
      {Object.keys(search).length > 0 && (
        <Button variant="subtle" component="a" href="/queue" onClick={clear}>
          {t('queue.clear')}
        </Button>
      )}
      <Suspense>{open && <MoreFilters search={search} set={set} tickets={tickets} />}</Suspense>
    </search>
  );

  function clear(event: React.MouseEvent): void {
    event.preventDefault();
    void navigate({ to: '/queue' });
  }
}

/** An option for what an address or a view asks for and the list does not offer. */
function several(given: string | undefined, word: (one: string) => string): { value: string; label: string }[] {
  const offered = [statuses.join(','), 'high,urgent'];
  if (given === undefined || !given.includes(',') || offered.includes(given)) return [];
  return [{ value: given, label: given.split(',').map(word).join(', ') }];
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, 250);
  // Going back, or clearing all, changes the address and not the field.
  useEffect(() => setText(value), [value]);
  useShortcut('search', () => field.current?.focus());
  return (
    <TextInput
      ref={field}
      className={styles.search}
      size="xs"
      type="search"
      label={t('queue.search')}
      placeholder={t('queue.searchHint')}
      leftSection={<Icon name="search" size={14} />}
      maxLength={500}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}

interface FromReportsProps {
  readonly search: QueueSearch;
  readonly onRemove: (name: (typeof askedByReports)[number]) => void;
}

/** What a report has asked for: it is taken away here, and set by reports alone. */
function FromReports({ search, onRemove }: FromReportsProps) {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const textOf = (name: (typeof askedByReports)[number], value: string): string => {
    if (name === 'unsolved') return t('queue.span.unsolved', { at: moment(value) });
    if (name === 'reopened') return t(value === 'true' ? 'queue.span.reopened' : 'queue.span.neverReopened');
    const [from = '', to = ''] = spanIn(value) ?? [];
    return t(`queue.span.${name}`, { from: moment(from), to: moment(to) });
  };
  return askedByReports.map((name) => {
    const value = search[name];
    if (value === undefined) return null;
    const text = textOf(name, value);
    return (
      <Button
        key={name}
        variant="default"
        size="compact-sm"
        aria-label={t('queue.span.remove', { text })}
        onClick={() => onRemove(name)}
      >
        {text} ✕
      </Button>
    );
  });
}
