import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamsQuery, usePeople } from '../../api/people.ts';
import { schedulesQuery } from '../../api/schedules.ts';
import type { Team } from '../../api/types.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { ListPage, ListTable } from '../ui/list-page.tsx';
import { matches } from '../ui/list-search.ts';

const route = getRouteApi('/desk/admin/teams');

/** All teams, with who leads them and who owns what arrives. */
export function TeamsPage() {
  const { t } = useTranslation('admin');
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const reading = useQuery({ ...teamsQuery, refetchOnMount: 'always' });
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const { userName } = usePeople();
  const ruleOf = ({ ownership }: Team): string => {
    if (ownership === null) return t('ownership.none');
    const schedule = schedules.find(({ id }) => id === ownership.schedule);
    return schedule === undefined
      ? t(`ownership.${ownership.rule}`)
      : `${t(`ownership.${ownership.rule}`)}: ${schedule.name}`;
  };
  const shown = (reading.data ?? []).filter(({ name, manager, members }) =>
    matches(q, name, manager && userName(manager), ...members.map(userName)),
  );
  return (
    <ListPage
      title={t('nav.teams')}
      search={{
        label: t('teams.search'),
        q,
        onChange: (text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true }),
      }}
      add={<ButtonLink to="/admin/teams/new">{t('teams.add')}</ButtonLink>}
      reading={reading}
      count={shown.length}
      empty={t('teams.empty')}
    >
      <ListTable
        label={t('nav.teams')}
        head={[t('people.col.name'), t('people.col.manager'), t('teams.members'), t('ownership.title')]}
      >
        {shown.map((team) => (
          <tr key={team.id}>
            <td dir="auto">
              <Link to="/admin/teams/$id" params={{ id: team.id }}>
                {team.name}
              </Link>
            </td>
            <td dir="auto">{team.manager === null ? '—' : userName(team.manager)}</td>
            <td>{t('teams.memberCount', { count: team.members.length })}</td>
            <td dir="auto">{ruleOf(team)}</td>
          </tr>
        ))}
      </ListTable>
    </ListPage>
  );
}
