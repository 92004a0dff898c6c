import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { calendarsQuery } from '../../api/calendars.ts';
import { usePeople } from '../../api/people.ts';
import { slaPoliciesQuery } from '../../api/sla-policies.ts';
import type { SlaPolicy } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { priorities } from '../../ui/choices.ts';
import { isoMilliseconds } from '../ui/duration-text.ts';
import { ListPage, ListTable } from '../ui/list-page.tsx';
import { matches } from '../ui/list-search.ts';
import ui from '../ui/ui.module.css';
import { clockNames } from './sla-policy-fields.tsx';

const route = getRouteApi('/desk/admin/sla-policies');

/** All SLA policies, in the order in which a ticket looks for its own. */
export function SlaPoliciesPage() {
  const { t } = useTranslation(['sla-policies', 'admin']);
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const reading = useQuery({ ...slaPoliciesQuery, refetchOnMount: 'always' });
  const policies = reading.data ?? [];
  const words = usePolicyWords();
  const catchAll = policies.findIndex(({ active, conditions }) => active && Object.keys(conditions).length === 0);
  const shown = policies.filter((policy) => matches(q, policy.name, words.tickets(policy)));
  return (
    <ListPage
      title={t('title')}
      intro={
        <>
          {t('intro')} <Link to="/admin/simulator">{t('simulate')}</Link>
        </>
      }
      search={{
        label: t('search'),
        q,
        onChange: (text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true }),
      }}
      add={<ButtonLink to="/admin/sla-policies/new">{t('add')}</ButtonLink>}
      reading={reading}
      count={shown.length}
      empty={t('empty')}
    >
      <ListTable
        label={t('title')}
        head={[t('admin:people.col.name'), t('col.tickets'), t('col.promises'), t('calendar')]}
      >
        {shown.map((policy) => (
          <tr key={policy.id} className={policy.active ? undefined : ui.dim}>
            <td dir="auto">
              <Link to="/admin/sla-policies/$id" params={{ id: policy.id }}>
                {policy.name}
              </Link>
              {!policy.active && ` · ${t('inactive')}`}
            </td>
            <td dir="auto">
              {words.tickets(policy)}
              {catchAll !== -1 && policies.indexOf(policy) > catchAll && policy.active && (
                <div>⚠ {t('behind', { name: policies[catchAll]?.name })}</div>
              )}
            </td>
            <td>
              {words.promises(policy).map((line) => (
                <div key={line}>{line}</div>
              ))}
            </td>
            <td dir="auto">{words.calendar(policy)}</td>
          </tr>
        ))}
      </ListTable>
    </ListPage>
  );
}

function usePolicyWords() {
  const { t } = useTranslation(['sla-policies', 'admin', 'desk']);
  const { duration } = useFormats();
  const { teamName } = usePeople();
  const { data: calendars } = useQuery(calendarsQuery);
  return {
    tickets: ({ conditions: { priority, channel, team, level, tags } }: SlaPolicy): string => {
      const parts = [
        priority?.map((one) => t(`desk:priority.${one}`)).join(', '),
        level?.map((one) => t('admin:conditions.levelOf', { level: one })).join(', '),
        team?.map(teamName).join(', '),
        channel?.join(', '),
        tags?.map((tag) => `#${tag}`).join(', '),
      ].filter((part) => part !== undefined);
      return parts.length === 0 ? t('everything') : parts.join(' · ');
    },
    promises: ({ targets }: SlaPolicy): string[] =>
      priorities.toReversed().flatMap((priority) => {
        const clocks = clockNames.flatMap((clock) => {
          const target = targets[priority]?.[clock];
          const ms = target === undefined ? undefined : isoMilliseconds(target);
          return target === undefined
            ? []
            : [`${t(`desk:sla.clock.${clock}`)} ${ms === undefined ? target : duration(ms)}`];
        });
        return clocks.length === 0 ? [] : [`${t(`desk:priority.${priority}`)}: ${clocks.join(', ')}`];
      }),
    calendar: ({ calendar }: SlaPolicy): string => {
      if (calendar === null) return t('aroundTheClock');
      return calendars === undefined ? '…' : (calendars.find(({ id }) => id === calendar)?.name ?? calendar);
    },
  };
}
