import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import { useShortcut } from '../shell/shortcuts.tsx';
import { priorities, statuses } from '../ui/tags.tsx';
import { Icon } from '../shell/icons.tsx';
import styles from './queue.module.css';
import type { QueueSearch } from './search.ts';

/** The filters, each of which is in the address: a link to the queue shows the same to everybody. */
export function Filters({ search }: { search: QueueSearch }) {
  const { t } = useTranslation();
  const { users, teams } = usePeople();
  const navigate = useNavigate();
  const any = { value: '', label: t('queue.any') };
  const set = (change: { readonly [Name in keyof QueueSearch]: string }): void => {
    const merged = { ...search, ...change };
    const given = Object.entries(merged).filter(([, value]) => value !== '');
    void navigate({ to: '/queue', search: Object.fromEntries(given), replace: true });
  };
  return (
    <search className={styles.filters} aria-label={t('queue.filters')}>
      <SearchField value={search.q ?? ''} onChange={(q) => set({ q })} />
      <NativeSelect
        label={t('queue.status')}
        value={search.status ?? ''}
        onChange={(event) => set({ status: event.currentTarget.value })}
        data={[
          { value: '', label: t('queue.unsolved') },
          ...statuses.map((value) => ({ value, label: t(`status.${value}`) })),
          { value: statuses.join(','), label: t('queue.all') },
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
        ]}
      />
      {Object.keys(search).length > 0 && (
        <Button variant="subtle" component="a" href="/queue" onClick={clear}>
          {t('queue.clear')}
        </Button>
      )}
    </search>
  );

  function clear(event: React.MouseEvent): void {
    event.preventDefault();
    void navigate({ to: '/queue' });
  }
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
