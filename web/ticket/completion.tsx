import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { macrosQuery } from '../api/macros.ts';
import { usePeople } from '../api/people.ts';
import { useSession } from '../api/session.ts';
import type { Choice } from '../ui/chooser.tsx';
import styles from './composer.module.css';
import type { Sign, Trigger } from './trigger.ts';

interface CompletionProps {
  readonly trigger: Trigger;
  readonly field: HTMLTextAreaElement;
  readonly onPick: (trigger: Trigger, choice: Choice) => void;
  readonly onDismiss: (trigger: Trigger) => void;
}

const most = 8;

/**
 * The list for what is being typed behind a sign. The field keeps the focus: arrows walk through the list, Enter and Tab
 * take, Escape leaves what was typed as it is.
 */
export function Completion({ trigger, field, onPick, onDismiss }: CompletionProps) {
  const { t } = useTranslation('macros');
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const choices = useChoices()[trigger.sign](trigger.query.toLowerCase()).slice(0, most);
  const [place, setPlace] = useState({ query: trigger.query, at: 0 });
  const at = place.query === trigger.query ? Math.min(place.at, choices.length - 1) : 0;
  const open = choices.length > 0;

  useEffect(() => {
    if (!open) return;
    const take = (): void => {
      const choice = choices[at];
      if (choice !== undefined) onPick(trigger, choice);
    };
    const move = (to: number): void => setPlace({ query: trigger.query, at: (to + choices.length) % choices.length });
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Enter: take,
      Tab: take,
      Escape: () => onDismiss(trigger),
    };
    const press = (event: KeyboardEvent): void => {
      const action = actions[event.key];
      if (action === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    field.addEventListener('keydown', press);
    return () => field.removeEventListener('keydown', press);
  });

  useEffect(() => {
    if (!open) return;
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', `${id}-list`);
    return () => {
      for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant']) field.removeAttribute(name);
    };
  }, [field, id, open]);
  useEffect(() => {
    if (open) field.setAttribute('aria-activedescendant', `${id}-${at}`);
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [field, id, open, at]);

  if (!open) return null;
  return (
    <ul
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={t(trigger.sign === '/' ? 'title' : 'people')}
      className={styles.completion}
    >
      {choices.map((choice, i) => (
        <li
          key={choice.id}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === at}
          // The field keeps the focus, and with it the place where the text goes.
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => setPlace({ query: trigger.query, at: i })}
          onClick={() => onPick(trigger, choice)}
        >
          <span dir="auto">{choice.label}</span>
          {choice.hint !== undefined && (
            <span className={styles.hint} dir="auto">
              {choice.hint}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function useChoices(): Readonly<Record<Sign, (query: string) => readonly Choice[]>> {
  const { user } = useSession();
  const { users } = usePeople();
  const { data: macros = [] } = useQuery(macrosQuery);
  return {
    '/': (query) => {
      const words = query.split(/\s+/).filter(Boolean);
      const found = macros.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
      return found.map(({ id, name, body }) => ({ id, label: name, hint: body.slice(0, 120) }));
    },
    '@': (query) =>
      users
        .filter(({ id, active }) => active && id !== user.id)
        .filter(({ name }) => {
          const lower = name.toLowerCase();
          return lower.startsWith(query) || lower.split(/\s+/).some((word) => word.startsWith(query));
        })
        .map(({ id, name, email }) => ({ id, label: name, hint: email })),
  };
}
