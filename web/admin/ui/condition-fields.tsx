import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import type { PolicyConditions as Conditions } from '../../api/types.ts';
import { priorities } from '../../ui/choices.ts';
import { FieldError, Fields } from './edit-form.tsx';
import type { FieldErrors } from './field-errors.ts';
import { PickList } from './pick-list.tsx';
import styles from './ui.module.css';
import { WordsInput } from './words-input.tsx';

export const levels = [1, 2, 3] as const;

interface ConditionFieldsProps {
  readonly conditions: Conditions;
  readonly onChange: (conditions: Conditions) => void;
  readonly errors: FieldErrors;
  /** Whether tickets have more to choose by than incidents have. */
  readonly ofTickets?: boolean;
}

/** What a policy is for: any of what is chosen of each, and everything where nothing is. */
export function ConditionFields({ conditions, onChange, errors, ofTickets = false }: ConditionFieldsProps) {
  const { t } = useTranslation(['admin', 'desk']);
  const { teams } = usePeople();
  /** In the order in which the API keeps them; an empty list would be refused. */
  const set = (part: Conditions): void => {
    const { priority = [], channel = [], team = [], level = [], tags = [] } = { ...conditions, ...part };
    onChange({
      ...(priority.length > 0 && { priority }),
      ...(channel.length > 0 && { channel }),
      ...(team.length > 0 && { team }),
      ...(level.length > 0 && { level }),
      ...(tags.length > 0 && { tags }),
    });
  };
  return (
    <div className={styles.conditions}>
      <Checks
        legend={t('desk:queue.priority')}
        choices={priorities}
        value={conditions.priority ?? []}
        error={errors.at('conditions.priority')}
        label={(priority) => t(`desk:priority.${priority}`)}
        onChange={(priority) => set({ priority })}
      />
      <Checks
        legend={t('conditions.level')}
        choices={levels}
        value={conditions.level ?? []}
        error={errors.at('conditions.level')}
        label={(level) => t('conditions.levelOf', { level })}
        onChange={(level) => set({ level })}
      />
      <PickList
        label={t('conditions.teams')}
        choices={teams}
        value={conditions.team ?? []}
        error={errors.at('conditions.team')}
        onChange={(team) => set({ team })}
        add={t('conditions.addTeam')}
        empty={t('conditions.anyTeam')}
      />
      {ofTickets && (
        <Fields>
          {(['channel', 'tags'] as const).map((name) => (
            <WordsInput
              key={name}
              label={t(`conditions.${name}`)}
              description={t(`conditions.${name}Hint`)}
              value={conditions[name] ?? []}
              error={errors.at(`conditions.${name}`)}
              onChange={(words) => set({ [name]: words })}
            />
          ))}
        </Fields>
      )}
    </div>
  );
}

interface ChecksProps<T> {
  readonly legend: string;
  readonly choices: readonly T[];
  readonly value: readonly T[];
  readonly label: (choice: T) => string;
  readonly onChange: (value: T[]) => void;
  readonly error: string | undefined;
}

/** Some of a few choices. */
export function Checks<T extends string | number>({ legend, choices, value, label, onChange, error }: ChecksProps<T>) {
  return (
    <fieldset className={styles.checks}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <Checkbox
          key={choice}
          label={label(choice)}
          checked={value.includes(choice)}
          onChange={({ currentTarget: { checked } }) =>
            onChange(choices.filter((one) => (one === choice ? checked : value.includes(one))))
          }
        />
      ))}
      <FieldError>{error}</FieldError>
    </fieldset>
  );
}
