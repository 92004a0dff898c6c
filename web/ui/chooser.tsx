import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import styles from './chooser.module.css';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** What helps to choose; it is searched, too. */
  readonly hint?: string;
}

interface ChooserProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (id: string) => void;
  /** Told what is searched for, by who finds the choices elsewhere; without it they are filtered here. */
  readonly onSearch?: (text: string) => void;
  /** Said where nothing is found. */
  readonly empty: string;
  readonly disabled?: boolean;
}

/** A search field above what it finds: typed, walked through by arrow keys, chosen by Enter or a click. */
export function Chooser({ label, placeholder, choices, onChoose, onSearch, empty, disabled = false }: ChooserProps) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const shown = onSearch === undefined ? matching(choices, text) : choices;
  const active = Math.min(at, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const press = (event: KeyboardEvent): void => {
    const chosen = shown[active];
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(shown.length - 1, active + 1),
      ArrowUp: Math.max(0, active - 1),
    };
    const to = moves[event.key];
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (to !== undefined) setAt(to);
    else if (chosen !== undefined && !disabled) onChoose(chosen.id);
  };
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        label={label}
        placeholder={placeholder}
        leftSection={<Icon name="search" size={14} />}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          onSearch?.(event.currentTarget.value.trim());
        }}
        onKeyDown={press}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
        {shown.map((choice, i) => (
          <li
            key={choice.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            aria-disabled={disabled}
            className={styles.option}
            onMouseMove={() => setAt(i)}
            onClick={() => {
              if (!disabled) onChoose(choice.id);
            }}
          >
            <span className={styles.label} dir="auto">
              {choice.label}
            </span>
            {choice.hint !== undefined && <span className={styles.hint}>{choice.hint}</span>}
          </li>
        ))}
      </ul>
      <p role="status" className={styles.empty}>
        {shown.length === 0 && empty}
      </p>
    </>
  );
}

/** Those that have every word, the ones whose name begins with the first word before the others. */
function matching(choices: readonly Choice[], text: string): readonly Choice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return choices;
  const found = choices.filter(({ label, hint = '' }) => {
    const whole = `${label} ${hint}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
  const begins = ({ label }: Choice): boolean => label.toLowerCase().startsWith(first);
  return [...found.filter(begins), ...found.filter((choice) => !begins(choice))];
}
