import { Skeleton, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../shell/page-error.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import styles from './ui.module.css';

/** What a list is read by, as TanStack Query tells it. */
interface Reading {
  readonly data: unknown;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

interface ListPageProps {
  readonly title: string;
  /** A sentence on what these things are for. */
  readonly intro?: ReactNode;
  /** What is searched for; without it there is nothing to search. */
  readonly search?: { readonly label: string; readonly q: string | undefined; readonly onChange: (q: string) => void };
  readonly filters?: ReactNode;
  /** The link or the button that adds one. */
  readonly add?: ReactNode;
  readonly reading: Reading;
  /** How many there are to see. */
  readonly count: number;
  /** Said where there is nothing at all, and what to do then. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** A list of administration: its heading, what searches it and adds to it, and what is said while there is nothing. */
export function ListPage({
  title,
  intro,
  search,
  filters,
  add,
  reading: { data, error, refetch },
  count,
  empty,
  children,
}: ListPageProps) {
  const { t } = useTranslation(['admin', 'desk']);
  const searched = search?.q !== undefined && search.q !== '';
  return (
    <>
      <header className={styles.head}>
        <PageTitle title={title} className={styles.title} />
        <div className={styles.tools}>
          {search && (
            <TextInput
              type="search"
              size="xs"
              aria-label={search.label}
              placeholder={search.label}
              value={search.q ?? ''}
              onChange={(event) => search.onChange(event.currentTarget.value)}
            />
          )}
          {filters}
          {add}
        </div>
      </header>
      {intro !== undefined && <p className={styles.intro}>{intro}</p>}
      {data === undefined ? (
        error === null ? (
          <div role="status" aria-label={t('desk:loading')}>
            <Skeleton height={36} mb={6} />
            <Skeleton height={36} mb={6} />
            <Skeleton height={36} />
          </div>
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )
      ) : count > 0 ? (
        children
      ) : (
        <div className={styles.empty}>{searched ? t('list.nothingFound', { q: search.q }) : empty}</div>
      )}
    </>
  );
}

/** Rows that are read as a table, and scroll by themselves where the window is narrow. */
export function ListTable({ label, head, children }: { label: string; head: readonly string[]; children: ReactNode }) {
  return (
    // Who has no mouse scrolls it by the arrow keys.
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
