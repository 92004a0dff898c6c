import { Button, Input } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import { moved } from './draft.ts';
import styles from './editor.module.css';
import { OrderButtons } from './order-buttons.tsx';
import { PersonSelect } from './person-select.tsx';

interface ParticipantsProps {
  readonly value: readonly (readonly string[])[];
  readonly onChange: (value: readonly (readonly string[])[]) => void;
  readonly error: string | undefined;
}

/** Who takes turns, in their order. Several in one line are on duty together. */
export function Participants({ value, onChange, error }: ParticipantsProps) {
  const { t } = useTranslation('schedule-editor');
  const { userName } = usePeople();
  const add = useId();
  const change = (i: number, entry: readonly string[]): void =>
    onChange(entry.length === 0 ? value.toSpliced(i, 1) : value.with(i, entry));
  /** What had the focus is gone: it goes on with adding somebody. */
  const leave = (work: () => void) => (): void => {
    work();
    document.getElementById(add)?.focus();
  };
  return (
    <fieldset className={styles.part}>
      <legend>{t('participants.title')}</legend>
      <p className={styles.hint}>{t('participants.hint')}</p>
      <ol className={styles.entries}>
        {value.map((entry, i) => {
          const names = entry.map(userName).join(' + ');
          return (
            <li key={entry.join()}>
              <span className={styles.names}>
                {entry.map((user, j) => (
                  <span key={user} className={styles.name}>
                    <span dir="auto">{userName(user)}</span>
                    {entry.length > 1 && (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-label={t('participants.takeOut', { name: userName(user) })}
                        onClick={leave(() => change(i, entry.toSpliced(j, 1)))}
                      >
                        ×
                      </Button>
                    )}
                  </span>
                ))}
              </span>
              <PersonSelect
                quiet
                label={t('participants.together', { names })}
                without={entry}
                onChoose={(user) => change(i, [...entry, user])}
              />
              <OrderButtons
                what={names}
                first={i === 0}
                last={i === value.length - 1}
                onMove={(by) => onChange(moved(value, i, by))}
                onRemove={leave(() => onChange(value.toSpliced(i, 1)))}
              />
            </li>
          );
        })}
      </ol>
      <PersonSelect
        id={add}
        label={t('participants.add')}
        without={value.flatMap((entry) => (entry.length === 1 ? entry : []))}
        onChoose={(user) => onChange([...value, [user]])}
      />
      {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
    </fieldset>
  );
}
