import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signInsQuery } from '../../api/desk-people.ts';
import { usePeople, usersQuery } from '../../api/people.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { ListPage, ListTable } from '../ui/list-page.tsx';
import { matches } from '../ui/list-search.ts';
import { LastSeen, PersonState, worksHere } from './person-state.tsx';

const route = getRouteApi('/desk/admin/people');

/** Everybody of the desk. */
export function PeoplePage() {
  const { t } = useTranslation(['admin', 'desk']);
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [withInactive, setWithInactive] = useState(false);
  const reading = useQuery({ ...usersQuery, refetchOnMount: 'always' });
  const { data: signIns } = useQuery({ ...signInsQuery, refetchOnMount: 'always' });
  const { userName, teamName } = usePeople();
  const shown = (reading.data ?? []).filter(
    (user) =>
      (withInactive || worksHere(user)) &&
      matches(q, user.name, user.email, t(`desk:role.${user.role}`), ...user.teams.map(teamName)),
  );
  const columns = (['name', 'email', 'role', 'teams', 'manager', 'seen', 'state'] as const).map((name) =>
    t(`people.col.${name}`),
  );
  return (
    <ListPage
      title={t('nav.people')}
      search={{
        label: t('people.search'),
        q,
        onChange: (text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true }),
      }}
      filters={
        <Checkbox
          size="xs"
          label={t('people.withInactive')}
          checked={withInactive}
          onChange={(event) => setWithInactive(event.currentTarget.checked)}
        />
      }
      add={<ButtonLink to="/admin/people/new">{t('people.add')}</ButtonLink>}
      reading={reading}
      count={shown.length}
      empty={t('people.empty')}
    >
      <ListTable label={t('nav.people')} head={columns}>
        {shown.map((user) => (
          <tr key={user.id}>
            <td dir="auto">
              <Link to="/admin/people/$id" params={{ id: user.id }}>
                {user.name}
              </Link>
            </td>
            <td dir="auto">{user.email}</td>
            <td>{t(`desk:role.${user.role}`)}</td>
            <td dir="auto">{user.teams.map(teamName).join(', ')}</td>
            <td dir="auto">{user.manager === null ? '—' : userName(user.manager)}</td>
            <td>
              <LastSeen state={signIns?.find((state) => state.user === user.id)} />
            </td>
            <td>
              <PersonState user={user} />
            </td>
          </tr>
        ))}
      </ListTable>
    </ListPage>
  );
}
