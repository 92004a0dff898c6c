import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import { schedulesQuery } from '../../api/schedules.ts';
import type { TeamBody } from '../../api/types.ts';
import { Fields, Section } from '../ui/edit-form.tsx';
import type { FieldErrors } from '../ui/field-errors.ts';
import { PickList } from '../ui/pick-list.tsx';
import type { Draft } from '../ui/use-draft.ts';
import { WordsInput } from '../ui/words-input.tsx';

export const teamFields = ['name', 'manager', 'members', 'ownership'] as const;
export type TeamDraft = Required<Pick<TeamBody, (typeof teamFields)[number]>>;
type Ownership = NonNullable<TeamDraft['ownership']>;

const rules = ['on-duty', 'least-loaded', 'round-robin'] as const;

interface TeamFieldsProps {
  readonly draft: Draft<TeamDraft>;
  readonly errors: FieldErrors;
}

export function TeamFields({ draft: { fields, set }, errors }: TeamFieldsProps) {
  const { t } = useTranslation('admin');
  const { users } = usePeople();
  const here = users.filter(({ id, active }) => active || id === fields.manager || fields.members.includes(id));
  return (
    <>
      <Section title={t('teams.section')}>
        <Fields>
          <TextInput
            label={t('people.col.name')}
            required
            maxLength={200}
            value={fields.name}
            error={errors.at('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <NativeSelect
            size="sm"
            label={t('people.col.manager')}
            description={t('teams.managerHint')}
            value={fields.manager ?? ''}
            error={errors.at('manager')}
            onChange={(event) => set({ manager: event.currentTarget.value === '' ? null : event.currentTarget.value })}
            data={[
              { value: '', label: t('people.noManager') },
              ...here.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Fields>
      </Section>
      <Section title={t('teams.members')}>
        <PickList
          label={t('teams.memberCount', { count: fields.members.length })}
          choices={here}
          value={fields.members}
          error={errors.at('members')}
          onChange={(members) => set({ members })}
          add={t('teams.addMember')}
          empty={t('teams.noMembers')}
        />
      </Section>
      <Section title={t('ownership.title')} hint={t('ownership.hint')}>
        <OwnershipFields ownership={fields.ownership} errors={errors} onChange={(ownership) => set({ ownership })} />
      </Section>
    </>
  );
}

interface OwnershipFieldsProps {
  readonly ownership: Ownership | null;
  readonly errors: FieldErrors;
  readonly onChange: (ownership: Ownership | null) => void;
}

/** Who gets a ticket that names nobody, with what each rule goes by. */
function OwnershipFields({ ownership, errors, onChange }: OwnershipFieldsProps) {
  const { t } = useTranslation('admin');
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const change = (rule: string): void => {
    const found = rules.find((known) => known === rule);
    onChange(found === undefined ? null : { rule: found });
  };
  return (
    <Fields>
      <NativeSelect
        size="sm"
        label={t('ownership.rule')}
        description={t(`ownership.ruleHint.${ownership?.rule ?? 'none'}`)}
        value={ownership?.rule ?? ''}
        error={errors.at('ownership.rule')}
        onChange={(event) => change(event.currentTarget.value)}
        data={[
          { value: '', label: t('ownership.none') },
          ...rules.map((value) => ({ value, label: t(`ownership.${value}`) })),
        ]}
      />
      {ownership?.rule === 'on-duty' && (
        <NativeSelect
          size="sm"
          label={t('ownership.schedule')}
          description={schedules.length === 0 ? t('ownership.noSchedules') : undefined}
          value={ownership.schedule ?? ''}
          error={errors.at('ownership.schedule')}
          onChange={(event) => {
            const { value: schedule } = event.currentTarget;
            onChange({ rule: 'on-duty', ...(schedule !== '' && { schedule }) });
          }}
          data={[
            { value: '', label: t('ownership.chooseSchedule') },
            ...schedules.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {ownership !== null && ownership.rule !== 'on-duty' && (
        <>
          <TextInput
            type="number"
            min={0.5}
            max={10_000}
            step={0.5}
            label={t('ownership.capacity')}
            description={t('ownership.capacityHint')}
            value={ownership.capacity ?? ''}
            error={errors.at('ownership.capacity')}
            onChange={(event) => {
              const { capacity: _before, ...rest } = ownership;
              const { value } = event.currentTarget;
              onChange({ ...rest, ...(value !== '' && { capacity: Number(value) }) });
            }}
          />
          <WordsInput
            label={t('people.skills')}
            description={t('ownership.skillsHint')}
            value={ownership.skills ?? []}
            error={errors.at('ownership.skills')}
            onChange={(skills) => {
              const { skills: _before, ...rest } = ownership;
              onChange({ ...rest, ...(skills.length > 0 && { skills }) });
            }}
          />
        </>
      )}
    </Fields>
  );
}
