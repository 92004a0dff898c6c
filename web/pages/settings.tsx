import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EditForm, Section } from '../admin/ui/edit-form.tsx';
import { fieldErrors } from '../admin/ui/field-errors.ts';
import { useDraft } from '../admin/ui/use-draft.ts';
import { usersQuery } from '../api/people.ts';
import { sessionQuery, useMay } from '../api/session.ts';
import { changeMe, meQuery } from '../api/settings.ts';
import type { OwnSettings, User } from '../api/types.ts';
import { Contacts } from '../reach/contacts.tsx';
import { QuietHours } from '../reach/quiet-hours.tsx';
import { Rules } from '../reach/rules.tsx';
import { TestRules } from '../reach/test-rules.tsx';
import { TimeZone } from '../reach/time-zone.tsx';
import { Password } from '../settings/password.tsx';
import { SecondFactor } from '../settings/second-factor.tsx';
import { Sessions } from '../settings/sessions.tsx';
import styles from '../settings/settings.module.css';
import { Failed } from '../shell/page-error.tsx';
import { PagePending } from '../shell/page-pending.tsx';
import { PageTitle } from '../shell/page-title.tsx';

const fields = ['timeZone', 'contacts', 'notificationRules', 'quietHours'] as const;

/** What is everybody's own to say: how they are reached, and how they get in. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = useQuery({ ...meQuery, refetchOnMount: 'always' });
  return (
    <div className={styles.page}>
      <PageTitle title={t('title')} className={styles.title} />
      {data !== undefined ? (
        <OwnReach user={data} />
      ) : error === null ? (
        <PagePending />
      ) : (
        <Failed error={error} retry={() => void refetch()} />
      )}
      <Password />
      <SecondFactor />
      <Sessions />
    </div>
  );
}

function OwnReach({ user }: { user: User }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const mayConfigure = useMay('configure');
  const { timeZone, contacts, notificationRules, quietHours } = user;
  const draft = useDraft<Required<OwnSettings>>({
    timeZone,
    contacts: contacts.map(({ type, address }) => ({ type, address: address ?? '' })),
    notificationRules,
    quietHours,
  });
  const save = useMutation({
    mutationFn: changeMe,
    onSuccess: (saved) => {
      client.setQueryData(meQuery.queryKey, saved);
      draft.clear();
      void client.invalidateQueries(usersQuery);
      void client.invalidateQueries(sessionQuery);
    },
  });
  const errors = fieldErrors(save.error, fields);
  return (
    <>
      <EditForm
        onSave={() => save.mutate(draft.changes)}
        dirty={draft.dirty}
        pending={save.isPending}
        saved={save.isSuccess}
        error={errors.rest}
      >
        <Section title={t('contacts.title')} hint={t('contacts.ownHint')}>
          <Contacts
            contacts={draft.fields.contacts}
            errors={errors}
            without={mayConfigure ? [] : ['webhook']}
            onChange={(changed) => draft.set({ contacts: changed })}
          />
        </Section>
        <Section title={t('rules.title')} hint={t('rules.hint')}>
          <Rules
            rules={draft.fields.notificationRules}
            contacts={draft.fields.contacts}
            errors={errors}
            onChange={(changed) => draft.set({ notificationRules: changed })}
          />
        </Section>
        <Section title={t('quiet.title')} hint={t('quiet.hint')}>
          <QuietHours
            quietHours={draft.fields.quietHours}
            timeZone={draft.fields.timeZone}
            errors={errors}
            onChange={(changed) => draft.set({ quietHours: changed })}
          />
        </Section>
        <Section title={t('timeZone.section')}>
          <TimeZone
            value={draft.fields.timeZone}
            error={errors.at('timeZone')}
            onChange={(changed) => draft.set({ timeZone: changed })}
          />
        </Section>
      </EditForm>
      <Section title={t('test.title')} hint={t('test.ownHint')}>
        <TestRules path="/v1/me/test-notifications" disabled={draft.dirty} />
      </Section>
    </>
  );
}
