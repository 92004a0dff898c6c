import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../api/types.ts';
import { type Due, dueChoices, type FilterChange, type Level, type QueueSearch } from '../queue/search.ts';
import styles from './views.module.css';

interface MoreFiltersProps {
  readonly search: QueueSearch;
  readonly set: (change: FilterChange) => void;
  /** Whose channels and tags are proposed. */
  readonly tickets: readonly Ticket[];
}

/** The filters that are wanted more rarely. */
export function MoreFilters({ search, set, tickets }: MoreFiltersProps) {
  const { t } = useTranslation(['views', 'desk']);
  const any = { value: '', label: t('desk:queue.any') };
  return (
    <div className={styles.more}>
      <NativeSelect
        label={t('due')}
        value={search.due ?? ''}
        onChange={(event) => set({ due: event.currentTarget.value as Due | '' })}
        data={[any, ...dueChoices.map((value) => ({ value, label: t(`within.${value}`) }))]}
      />
      <NativeSelect
        label={t('level')}
        value={search.level ?? ''}
        onChange={(event) => set({ level: (Number(event.currentTarget.value) || '') as Level | '' })}
        data={[any, ...['1', '2', '3'].map((value) => ({ value, label: value }))]}
      />
      <Word
        label={t('desk:ticket.channel')}
        value={search.channel ?? ''}
        proposed={tickets.map(({ channel }) => channel)}
        onChange={(channel) => set({ channel })}
        maxLength={40}
      />
      <Word
        label={t('tag')}
        value={search.tag ?? ''}
        proposed={tickets.flatMap(({ tags }) => tags)}
        onChange={(tag) => set({ tag })}
        maxLength={100}
      />
    </div>
  );
}

interface WordProps {
  readonly label: string;
  readonly value: string;
  readonly proposed: readonly string[];
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
}

function Word({ label, value, proposed, onChange, maxLength }: WordProps) {
  const list = useId();
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, 250);
  useEffect(() => setText(value), [value]);
  return (
    <>
      <TextInput
        className={styles.word}
        size="xs"
        label={label}
        list={list}
        maxLength={maxLength}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          tell(event.currentTarget.value.trim());
        }}
      />
      <datalist id={list}>
        {[...new Set(proposed)].toSorted().map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
    </>
  );
}
