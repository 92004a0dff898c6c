import { ActionIcon, Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationPolicy } from '../../api/types.ts';
import { DurationInput } from '../ui/duration-input.tsx';
import { FieldError } from '../ui/edit-form.tsx';
import type { FieldErrors } from '../ui/field-errors.ts';
import styles from './escalation.module.css';
import { Targets } from './targets.tsx';

export type Steps = EscalationPolicy['steps'];

interface StepsProps {
  readonly steps: Steps;
  readonly onChange: (steps: Steps) => void;
  readonly errors: FieldErrors;
}

const most = 50;
const moves = [
  ['up', -1, '↑'],
  ['down', 1, '↓'],
] as const;

/** Where the focus goes once the list is drawn anew: to a control of a step, or to the whole step. */
interface Focus {
  readonly step: number;
  readonly control?: string;
}

/** Who is paged, one step after the other. */
export function StepList({ steps, onChange, errors }: StepsProps) {
  const { t } = useTranslation('escalation');
  const list = useRef<HTMLOListElement>(null);
  const focus = useRef<Focus | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (focus.current === null) return;
    const { step, control } = focus.current;
    focus.current = null;
    const row = list.current?.children[step];
    const named = row?.querySelector<HTMLButtonElement>(`[name="${control}"]`);
    const wanted = named?.disabled === false ? named : row?.querySelector<HTMLElement>('[role="group"]');
    wanted?.focus();
  }, [steps]);
  const put = (i: number, part: Partial<Steps[number]>): void =>
    onChange(steps.map((step, at) => (at === i ? { ...step, ...part } : step)));
  const move = (i: number, by: -1 | 1, control: string): void => {
    const to = i + by;
    const [moved, other] = [steps[i], steps[to]];
    if (moved === undefined || other === undefined) return;
    focus.current = { step: to, control };
    onChange(steps.with(i, other).with(to, moved));
    setSaid(t('step.moved', { to: to + 1, count: steps.length }));
  };
  const remove = (i: number): void => {
    focus.current = { step: Math.min(i, steps.length - 2) };
    onChange(steps.filter((_, at) => at !== i));
    setSaid(t('step.removed', { number: i + 1 }));
  };
  const byKey = (event: KeyboardEvent, i: number): void => {
    const { target, key, altKey } = event;
    // A select opens by these keys.
    if (!altKey || (key !== 'ArrowUp' && key !== 'ArrowDown') || target instanceof HTMLSelectElement) return;
    event.preventDefault();
    move(i, key === 'ArrowUp' ? -1 : 1, (target as HTMLInputElement).name);
  };
  return (
    <>
      <ol ref={list} className={styles.steps}>
        {steps.map(({ targets, ackTimeout }, i) => (
          <li key={i}>
            <div
              role="group"
              tabIndex={-1}
              aria-label={t('step.number', { number: i + 1 })}
              className={styles.step}
              onKeyDown={(event) => byKey(event, i)}
            >
              <div className={styles.stepHead}>
                <span aria-hidden="true">{t('step.number', { number: i + 1 })}</span>
                <span className={styles.moves}>
                  {moves.map(([name, by, sign]) => (
                    <ActionIcon
                      key={name}
                      name={name}
                      variant="subtle"
                      color="gray"
                      size="lg"
                      aria-label={t(`step.${name}`, { number: i + 1 })}
                      aria-keyshortcuts={name === 'up' ? 'Alt+ArrowUp' : 'Alt+ArrowDown'}
                      disabled={steps[i + by] === undefined}
                      onClick={() => move(i, by, name)}
                    >
                      {sign}
                    </ActionIcon>
                  ))}
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="lg"
                    aria-label={t('step.remove', { number: i + 1 })}
                    disabled={steps.length === 1}
                    onClick={() => remove(i)}
                  >
                    ×
                  </ActionIcon>
                </span>
              </div>
              <Targets
                targets={targets}
                error={errors.at(`steps.${i}.targets`)}
                onChange={(next) => put(i, { targets: next })}
              />
              <DurationInput
                name="ackTimeout"
                label={t('step.ackTimeout')}
                required
                value={ackTimeout}
                error={errors.at(`steps.${i}.ackTimeout`)}
                onChange={(next) => put(i, { ackTimeout: next })}
              />
            </div>
          </li>
        ))}
      </ol>
      {steps.length < most && (
        <Button
          variant="default"
          onClick={() => {
            focus.current = { step: steps.length, control: 'target' };
            onChange([...steps, { targets: [], ackTimeout: steps.at(-1)?.ackTimeout ?? 'PT5M' }]);
          }}
        >
          {t('step.add')}
        </Button>
      )}
      <p className={styles.keys}>{t('step.keys')}</p>
      <FieldError>{steps.length === 0 ? errors.at('steps') : undefined}</FieldError>
      <span role="status" className={styles.said}>
        {said}
      </span>
    </>
  );
}
