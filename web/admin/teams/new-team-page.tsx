import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addTeam, keepTeam } from '../../api/desk-people.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import styles from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { type TeamDraft, TeamFields, teamFields } from './team-fields.tsx';

const none: TeamDraft = { name: '', manager: null, members: [], ownership: null };

export function NewTeamPage() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const draft = useDraft(none);
  const save = useMutation({
    mutationFn: () => addTeam(draft.fields),
    onSuccess: (team) => {
      keepTeam(client, team);
      return navigate({ to: '/admin/teams/$id', params: { id: team.id }, ignoreBlocker: true });
    },
  });
  const errors = fieldErrors(save.error, teamFields);
  return (
    <>
      <Link to="/admin/teams" className={styles.back}>
        {t('teams.back')}
      </Link>
      <header className={styles.head}>
        <PageTitle title={t('teams.add')} className={styles.title} />
      </header>
      <EditForm
        onSave={() => save.mutate()}
        dirty={draft.dirty}
        pending={save.isPending}
        saved={false}
        error={errors.rest}
        saveLabel={t('teams.add')}
      >
        <TeamFields draft={draft} errors={errors} />
      </EditForm>
    </>
  );
}
