import { Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addUser, invitationQuery, invite, keepUser } from '../../api/desk-people.ts';
import { useMay } from '../../api/session.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import styles from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { type PersonDraft, PersonFields, personFields } from './person-fields.tsx';

const nobody: PersonDraft = {
  name: '',
  email: '',
  role: 'agent',
  teams: [],
  manager: null,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  contacts: [],
  notificationRules: null,
  quietHours: null,
  skills: [],
  joinedAt: null,
  leftAt: null,
};

/** Somebody new, invited at once by who may do that. */
export function NewPersonPage() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayInvite = useMay('administer');
  const [inviting, setInviting] = useState(true);
  const draft = useDraft(nobody);
  const save = useMutation({
    mutationFn: async () => {
      const user = await addUser(draft.fields);
      keepUser(client, user);
      if (mayInvite && inviting) {
        // Without it the person is there all the same, and their page has the button.
        const invitation = await invite(user.id).catch(() => null);
        client.setQueryData(invitationQuery(user.id).queryKey, invitation);
      }
      return user;
    },
    onSuccess: ({ id }) => navigate({ to: '/admin/people/$id', params: { id }, ignoreBlocker: true }),
  });
  const errors = fieldErrors(save.error, personFields);
  return (
    <>
      <Link to="/admin/people" className={styles.back}>
        {t('people.back')}
      </Link>
      <header className={styles.head}>
        <PageTitle title={t('people.add')} className={styles.title} />
      </header>
      <EditForm
        onSave={() => save.mutate()}
        dirty={draft.dirty}
        pending={save.isPending}
        saved={false}
        error={errors.rest}
        saveLabel={t('people.add')}
        actions={
          mayInvite && (
            <Checkbox
              label={t('access.inviteNow')}
              checked={inviting}
              onChange={(event) => setInviting(event.currentTarget.checked)}
            />
          )
        }
      >
        <PersonFields draft={draft} errors={errors} />
      </EditForm>
    </>
  );
}
