import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { calendarsQuery } from '../../api/calendars.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { ListPage, ListTable } from '../ui/list-page.tsx';
import { matches } from '../ui/list-search.ts';

const route = getRouteApi('/desk/admin/calendars');

export function CalendarsPage() {
  const { t } = useTranslation(['calendars', 'admin']);
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const reading = useQuery({ ...calendarsQuery, refetchOnMount: 'always' });
  const shown = (reading.data ?? []).filter(({ name, timeZone }) => matches(q, name, timeZone));
  return (
    <ListPage
      title={t('title')}
      intro={t('intro')}
      search={{
        label: t('search'),
        q,
        onChange: (text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true }),
      }}
      add={<ButtonLink to="/admin/calendars/new">{t('add')}</ButtonLink>}
      reading={reading}
      count={shown.length}
      empty={t('empty')}
    >
      <ListTable label={t('title')} head={[t('admin:people.col.name'), t('timeZone'), t('holidays')]}>
        {shown.map(({ id, name, timeZone, hours, holidays = [] }) => (
          <tr key={id}>
            <td dir="auto">
              <Link to="/admin/calendars/$id" params={{ id }}>
                {name}
              </Link>
              {hours === 'always' && ` · ${t('always')}`}
            </td>
            <td>{timeZone}</td>
            <td>{holidays.length}</td>
          </tr>
        ))}
      </ListTable>
    </ListPage>
  );
}
