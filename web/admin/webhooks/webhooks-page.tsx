import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { webhooksQuery } from '../../api/webhooks.ts';
import { useFormats } from '../../i18n/format.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { ListPage, ListTable } from '../ui/list-page.tsx';
import { matches } from '../ui/list-search.ts';
import ui from '../ui/ui.module.css';
import { HealthWord } from './webhook-health.tsx';

const route = getRouteApi('/desk/admin/webhooks');

/** Programs elsewhere that are told of events. */
export function WebhooksPage() {
  const { t } = useTranslation(['webhooks', 'admin']);
  const { moment, number } = useFormats();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const reading = useQuery({ ...webhooksQuery, refetchOnMount: 'always' });
  const shown = (reading.data ?? []).filter(({ name, url, events }) => matches(q, name, url, ...events));
  return (
    <ListPage
      title={t('title')}
      intro={t('intro')}
      search={{
        label: t('search'),
        q,
        onChange: (text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true }),
      }}
      add={<ButtonLink to="/admin/webhooks/new">{t('add')}</ButtonLink>}
      reading={reading}
      count={shown.length}
      empty={t('empty')}
    >
      <ListTable
        label={t('title')}
        head={[t('admin:people.col.name'), t('events'), t('col.health'), t('col.waits'), t('col.last')]}
      >
        {shown.map((webhook) => (
          <tr key={webhook.id} className={webhook.enabled ? undefined : ui.dim}>
            <td dir="auto">
              <Link to="/admin/webhooks/$id" params={{ id: webhook.id }}>
                {webhook.name}
              </Link>
              <div className={ui.dim} dir="ltr">
                {new URL(webhook.url).host}
              </div>
            </td>
            <td>{webhook.events.includes('*') ? t('everything') : webhook.events.join(', ')}</td>
            <td>
              <HealthWord {...webhook} />
            </td>
            <td>{number(webhook.pending)}</td>
            <td>{webhook.health.lastDeliveredAt === null ? '—' : moment(webhook.health.lastDeliveredAt)}</td>
          </tr>
        ))}
      </ListTable>
    </ListPage>
  );
}
