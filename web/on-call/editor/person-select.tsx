import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePeople } from '../../api/people.ts';
import styles from './editor.module.css';

interface PersonSelectProps {
  readonly label: string;
  /** Whether the label is said, and not shown. */
  readonly quiet?: boolean;
  /** Nobody of these. */
  readonly without: readonly string[];
  readonly onChoose: (user: string) => void;
  readonly error?: ReactNode;
  readonly id?: string;
}

/** Adds a person who is chosen, and is empty again. */
export function PersonSelect({ label, quiet = false, without, onChoose, error, id }: PersonSelectProps) {
  const { users } = usePeople();
  const choices = users.filter(({ id, active, role }) => active && role !== 'viewer' && !without.includes(id));
  return (
    <NativeSelect
      id={id}
      size={quiet ? 'xs' : 'sm'}
      className={styles.person}
      {...(quiet ? { 'aria-label': label } : { label })}
      error={error}
      value=""
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={[{ value: '', label: quiet ? label : '' }, ...choices.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}
