import { ActionIcon, NativeSelect } from '@mantine/core';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from './edit-form.tsx';
import styles from './ui.module.css';

interface PickListProps {
  readonly label: string;
  readonly hint?: string;
  /** Those of one group follow each other. */
  readonly choices: readonly { readonly id: string; readonly name: string; readonly group?: string }[];
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly error?: string | undefined;
  /** What the field that adds one is called. */
  readonly add: string;
  readonly empty: string;
  /** Of the field that adds one. */
  readonly name?: string;
  /** Whether the form waits for at least one. */
  readonly required?: boolean;
}

/** Several out of many, each with a button that takes it off. */
export function PickList({
  label,
  hint,
  choices,
  value,
  onChange,
  error,
  add,
  empty,
  name,
  required = false,
}: PickListProps) {
  const { t } = useTranslation('admin');
  const id = useId();
  const group = useRef<HTMLDivElement>(null);
  const nameOf = (chosen: string): string => choices.find((choice) => choice.id === chosen)?.name ?? chosen;
  const left = choices.filter((choice) => !value.includes(choice.id));
  return (
    <div ref={group} role="group" aria-labelledby={id} tabIndex={-1} className={styles.group}>
      <p id={id} className={styles.label}>
        {label}
      </p>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {value.length === 0 ? (
        <p className={styles.hint}>{empty}</p>
      ) : (
        <ul className={styles.picked}>
          {value.map((chosen) => (
            <li key={chosen}>
              <span dir="auto">{nameOf(chosen)}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('form.remove', { name: nameOf(chosen) })}
                onClick={() => {
                  onChange(value.filter((other) => other !== chosen));
                  // The button that had the focus is gone.
                  group.current?.focus();
                }}
              >
                ×
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {left.length > 0 && (
        <NativeSelect
          aria-label={add}
          {...(name !== undefined && { name })}
          required={required && value.length === 0}
          value=""
          onChange={(event) => {
            const { value: chosen } = event.currentTarget;
            if (chosen !== '') onChange([...value, chosen]);
          }}
          data={[{ value: '', label: add }, ...optionsOf(left)]}
        />
      )}
      <FieldError>{error}</FieldError>
    </div>
  );
}

/** As a select has them: those of a group under its name. */
function optionsOf(choices: PickListProps['choices']) {
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name });
  const groups = [...new Set(choices.flatMap(({ group }) => group ?? []))];
  return [
    ...choices.filter(({ group }) => group === undefined).map(option),
    ...groups.map((group) => ({ group, items: choices.filter((choice) => choice.group === group).map(option) })),
  ];
}
