import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeTeam, deleteTeam, forget, keepTeam } from '../../api/desk-people.ts';
import { teamsQuery } from '../../api/people.ts';
import type { Team } from '../../api/types.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { Failed } from '../../shell/page-error.tsx';
import { PagePending } from '../../shell/page-pending.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import styles from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { RoutingKeys } from './routing-keys.tsx';
import { TeamFields, teamFields } from './team-fields.tsx';

const route = getRouteApi('/desk/admin/teams/$id');

/** One team: its people, who owns what arrives, and what opens incidents of it. */
export function TeamPage() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({ ...teamsQuery, refetchOnMount: 'always' });
  const team = data?.find((one) => one.id === id);
  if (team !== undefined) return <TeamEditor key={id} team={team} />;
  if (data !== undefined) return <NotFound />;
  return error === null ? <PagePending /> : <Failed error={error} retry={() => void refetch()} />;
}

function TeamEditor({ team }: { team: Team }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { name, manager, members, ownership } = team;
  const draft = useDraft({ name, manager, members, ownership });
  const save = useMutation({
    mutationFn: () => changeTeam(team.id, draft.changes),
    onSuccess: (saved) => {
      keepTeam(client, saved);
      draft.clear();
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteTeam(team.id),
    onSuccess: () => {
      draft.clear();
      forget(client, 'teams', team.id);
    },
  });
  const errors = fieldErrors(save.error, teamFields);
  return (
    <>
      <Link to="/admin/teams" className={styles.back}>
        {t('teams.back')}
      </Link>
      <header className={styles.head}>
        <PageTitle title={name} className={styles.title} />
        <Link to="/admin/audit" search={{ resourceId: team.id }}>
          {t('audit.of')}
        </Link>
      </header>
      <EditForm
        onSave={() => save.mutate()}
        dirty={draft.dirty}
        pending={save.isPending}
        saved={save.isSuccess}
        error={errors.rest}
        actions={
          <Confirm
            label={t('form.delete')}
            title={t('teams.deleteSure', { name })}
            action={remove}
            onDone={() => void navigate({ to: '/admin/teams', ignoreBlocker: true })}
          >
            <p>{t('teams.deleteHint')}</p>
          </Confirm>
        }
      >
        <TeamFields draft={draft} errors={errors} />
      </EditForm>
      <div className={styles.form}>
        <RoutingKeys team={team.id} />
      </div>
    </>
  );
}
