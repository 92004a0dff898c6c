import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import { useMay } from '../../api/session.ts';
import type { User, UserBody } from '../../api/types.ts';
import { Contacts } from '../../reach/contacts.tsx';
import { QuietHours } from '../../reach/quiet-hours.tsx';
import type { Contact } from '../../reach/reach.ts';
import { Rules } from '../../reach/rules.tsx';
import { TimeZone } from '../../reach/time-zone.tsx';
import { dayOf, startOf } from '../ui/day.ts';
import { Fields, Section } from '../ui/edit-form.tsx';
import type { FieldErrors } from '../ui/field-errors.ts';
import { PickList } from '../ui/pick-list.tsx';
import type { Draft } from '../ui/use-draft.ts';
import { WordsInput } from '../ui/words-input.tsx';

export const roles = ['admin', 'manager', 'agent', 'trainee', 'viewer'] as const;

/** What the form edits; the paths of the API's errors begin with these. */
export const personFields = [
  ...(['name', 'email', 'role', 'teams', 'manager', 'timeZone', 'contacts', 'notificationRules'] as const),
  ...(['quietHours', 'skills', 'joinedAt', 'leftAt'] as const),
];
export type PersonDraft = Required<Pick<UserBody, (typeof personFields)[number]>>;

export function draftOf(user: User): PersonDraft {
  const fields = Object.fromEntries(personFields.map((field) => [field, user[field]])) as PersonDraft;
  // Whoever may come here sees the addresses.
  return { ...fields, contacts: user.contacts.map(({ type, address }): Contact => ({ type, address: address ?? '' })) };
}

interface PersonFieldsProps {
  readonly draft: Draft<PersonDraft>;
  readonly errors: FieldErrors;
  /** Nobody is their own manager. */
  readonly self?: string;
}

/** All of a person that can be edited. */
export function PersonFields({ draft: { fields, set }, errors, self }: PersonFieldsProps) {
  const { t } = useTranslation(['admin', 'desk']);
  const { users, teams } = usePeople();
  const mayAdminister = useMay('administer');
  const managers = users.filter(({ id, active }) => id !== self && (active || id === fields.manager));
  return (
    <>
      <Section title={t('people.section.person')}>
        <Fields>
          <TextInput
            label={t('people.col.name')}
            required
            maxLength={200}
            value={fields.name}
            error={errors.at('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            type="email"
            label={t('people.col.email')}
            required
            value={fields.email}
            error={errors.at('email')}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
          <NativeSelect
            size="sm"
            label={t('people.col.role')}
            description={t(`people.roleHint.${fields.role}`)}
            value={fields.role}
            error={errors.at('role')}
            disabled={fields.role === 'admin' && !mayAdminister}
            onChange={(event) => set({ role: event.currentTarget.value as PersonDraft['role'] })}
            data={roles
              .filter((role) => role !== 'admin' || mayAdminister || fields.role === 'admin')
              .map((value) => ({ value, label: t(`desk:role.${value}`) }))}
          />
          <TimeZone value={fields.timeZone} error={errors.at('timeZone')} onChange={(timeZone) => set({ timeZone })} />
        </Fields>
      </Section>
      <Section title={t('people.section.place')}>
        <Fields>
          <PickList
            label={t('people.col.teams')}
            choices={teams}
            value={fields.teams}
            error={errors.at('teams')}
            onChange={(teams) => set({ teams })}
            add={t('people.addTeam')}
            empty={t('people.noTeams')}
          />
          <NativeSelect
            size="sm"
            label={t('people.col.manager')}
            description={t('people.managerHint')}
            value={fields.manager ?? ''}
            error={errors.at('manager')}
            onChange={(event) => set({ manager: event.currentTarget.value === '' ? null : event.currentTarget.value })}
            data={[
              { value: '', label: t('people.noManager') },
              ...managers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <WordsInput
            label={t('people.skills')}
            description={t('people.skillsHint')}
            value={fields.skills}
            error={errors.at('skills')}
            onChange={(skills) => set({ skills })}
          />
          <TextInput
            type="date"
            label={t('people.joined')}
            description={t('people.joinedHint')}
            value={dayOf(fields.joinedAt)}
            error={errors.at('joinedAt')}
            onChange={(event) => set({ joinedAt: startOf(event.currentTarget.value) })}
          />
          <TextInput
            type="date"
            label={t('people.left')}
            description={t('people.leftHint')}
            value={dayOf(fields.leftAt)}
            error={errors.at('leftAt')}
            onChange={(event) => set({ leftAt: startOf(event.currentTarget.value) })}
          />
        </Fields>
      </Section>
      <ReachFields draft={{ fields, set }} errors={errors} />
    </>
  );
}

/** How somebody is reached. */
function ReachFields({
  draft: { fields, set },
  errors,
}: {
  draft: Pick<Draft<PersonDraft>, 'fields' | 'set'>;
  errors: FieldErrors;
}) {
  const { t } = useTranslation('settings');
  const { contacts, notificationRules, quietHours, timeZone } = fields;
  return (
    <>
      <Section title={t('contacts.title')} hint={t('contacts.hint')}>
        <Contacts contacts={contacts} errors={errors} onChange={(changed) => set({ contacts: changed })} />
      </Section>
      <Section title={t('rules.title')} hint={t('rules.hint')}>
        <Rules
          rules={notificationRules}
          contacts={contacts}
          errors={errors}
          onChange={(changed) => set({ notificationRules: changed })}
        />
      </Section>
      <Section title={t('quiet.title')} hint={t('quiet.hint')}>
        <QuietHours
          quietHours={quietHours}
          timeZone={timeZone}
          errors={errors}
          onChange={(changed) => set({ quietHours: changed })}
        />
      </Section>
    </>
  );
}
