import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeUser, keepUser } from '../../api/desk-people.ts';
import { usersQuery } from '../../api/people.ts';
import { useMay } from '../../api/session.ts';
import type { User, UserBody } from '../../api/types.ts';
import { TestRules } from '../../reach/test-rules.tsx';
import { NotFound } from '../../shell/not-found.tsx';
import { Failed } from '../../shell/page-error.tsx';
import { PagePending } from '../../shell/page-pending.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { EditForm, Section } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import styles from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { Access } from './access.tsx';
import { Leaving } from './leaving.tsx';
import { draftOf, PersonFields, personFields } from './person-fields.tsx';

const route = getRouteApi('/desk/admin/people/$id');

/** One person, with all that can be said of them and done for them. */
export function PersonPage() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({ ...usersQuery, refetchOnMount: 'always' });
  const user = data?.find((one) => one.id === id);
  if (user !== undefined) return <Person key={id} user={user} />;
  if (data !== undefined) return <NotFound />;
  return error === null ? <PagePending /> : <Failed error={error} retry={() => void refetch()} />;
}

function Person({ user }: { user: User }) {
  const { t } = useTranslation(['admin', 'settings']);
  const client = useQueryClient();
  const mayAdminister = useMay('administer');
  const draft = useDraft(draftOf(user));
  const save = useMutation({
    mutationFn: (changes: UserBody) => changeUser(user.id, changes),
    onSuccess: (saved) => {
      keepUser(client, saved);
      draft.clear();
    },
  });
  const errors = fieldErrors(save.error, personFields);
  return (
    <>
      <Link to="/admin/people" className={styles.back}>
        {t('people.back')}
      </Link>
      <header className={styles.head}>
        <PageTitle title={user.name} className={styles.title} />
        <Link to="/admin/audit" search={{ resourceId: user.id }}>
          {t('audit.of')}
        </Link>
      </header>
      <EditForm
        onSave={() => save.mutate(draft.changes)}
        dirty={draft.dirty}
        pending={save.isPending}
        saved={save.isSuccess}
        error={errors.rest}
      >
        <PersonFields draft={draft} errors={errors} self={user.id} />
      </EditForm>
      <div className={styles.form}>
        {user.active && (
          <Section title={t('settings:test.title')} hint={t('settings:test.hint')}>
            <TestRules path={`/v1/users/${user.id}/test-notifications`} disabled={draft.dirty} />
          </Section>
        )}
        <Access user={user} />
        {(user.role !== 'admin' || mayAdminister) && <Leaving user={user} />}
      </div>
    </>
  );
}
