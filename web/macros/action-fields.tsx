import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import type { MacroActions } from '../api/types.ts';
import { priorities } from '../ui/choices.ts';
import styles from './macros.module.css';

interface ActionFieldsProps {
  readonly actions: MacroActions;
  readonly onChange: (actions: MacroActions) => void;
  readonly error: string | undefined;
}

const nobody = 'none';

/** What is done to the ticket; each stays as it is unless something is chosen. */
export function ActionFields({ actions, onChange, error }: ActionFieldsProps) {
  const { t } = useTranslation(['macros', 'desk']);
  const { users, teams } = usePeople();
  const asItIs = { value: '', label: t('asItIs') };
  const set = (name: keyof MacroActions, value: unknown): void => {
    const others = Object.entries(actions).filter(([key]) => key !== name);
    onChange(Object.fromEntries([...others, ...(value === undefined ? [] : [[name, value]])]) as MacroActions);
  };
  /** As a select has it: text for everything. */
  const shown = (value: string | number | null | undefined): string =>
    value === undefined ? '' : value === null ? nobody : String(value);
  const given = (text: string): string | null | undefined => (text === '' ? undefined : text === nobody ? null : text);
  return (
    <fieldset className={styles.actions}>
      <legend>{t('actions')}</legend>
      <NativeSelect
        label={t('desk:queue.status')}
        value={shown(actions.status)}
        onChange={(event) => set('status', given(event.currentTarget.value))}
        data={[
          asItIs,
          ...(['open', 'pending', 'on-hold', 'solved'] as const).map((value) => ({
            value,
            label: t(`desk:status.${value}`),
          })),
        ]}
      />
      <NativeSelect
        label={t('desk:queue.priority')}
        value={shown(actions.priority)}
        onChange={(event) => set('priority', given(event.currentTarget.value))}
        data={[asItIs, ...priorities.map((value) => ({ value, label: t(`desk:priority.${value}`) }))]}
      />
      <NativeSelect
        label={t('level')}
        value={shown(actions.level)}
        onChange={(event) => set('level', Number(event.currentTarget.value) || undefined)}
        data={[asItIs, ...['1', '2', '3'].map((value) => ({ value, label: value }))]}
      />
      <NativeSelect
        label={t('desk:queue.assignee')}
        value={shown(actions.assignee)}
        error={error}
        onChange={(event) => set('assignee', given(event.currentTarget.value))}
        data={[
          asItIs,
          { value: 'me', label: t('desk:queue.me') },
          { value: nobody, label: t('desk:queue.nobody') },
          ...users.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <NativeSelect
        label={t('desk:queue.team')}
        value={shown(actions.team)}
        onChange={(event) => set('team', given(event.currentTarget.value))}
        data={[
          asItIs,
          { value: nobody, label: t('desk:queue.noTeam') },
          ...teams.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </fieldset>
  );
}
