import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { calendarsQuery } from '../../api/calendars.ts';
import { escalationPoliciesQuery } from '../../api/escalation.ts';
import { usePeople } from '../../api/people.ts';
import type { EscalationPolicy } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { isoMilliseconds } from '../ui/duration-text.ts';
import { ListPage, ListTable } from '../ui/list-page.tsx';
import { matches } from '../ui/list-search.ts';
import styles from './escalation.module.css';
import { useTargetWords } from './target-words.ts';

const route = getRouteApi('/desk/admin/escalation-policies');

/** All escalation policies, in the order in which an incident looks for its own. */
export function PoliciesPage() {
  const { t } = useTranslation(['escalation', 'admin']);
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const reading = useQuery({ ...escalationPoliciesQuery, refetchOnMount: 'always' });
  const policies = reading.data ?? [];
  const words = usePolicyWords(policies);
  const catchAll = policies.find(takesEverything);
  const shown = policies.filter((policy) => matches(q, policy.name, words.incidents(policy), words.steps(policy)));
  return (
    <ListPage
      title={t('title')}
      intro={t('intro')}
      search={{
        label: t('search'),
        q,
        onChange: (text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true }),
      }}
      add={<ButtonLink to="/admin/escalation-policies/new">{t('add')}</ButtonLink>}
      reading={reading}
      count={shown.length}
      empty={t('empty')}
    >
      <ListTable
        label={t('title')}
        head={[t('admin:people.col.name'), t('col.incidents'), t('section.steps'), t('section.after')]}
      >
        {shown.map((policy) => {
          const behind = catchAll !== undefined && policies.indexOf(policy) > policies.indexOf(catchAll);
          const unused = behind && policy.active && !policies.some(({ next }) => next === policy.id);
          return (
            <tr key={policy.id} className={policy.active ? undefined : styles.off}>
              <td dir="auto" className={styles.name}>
                <Link to="/admin/escalation-policies/$id" params={{ id: policy.id }}>
                  {policy.name}
                </Link>
                {!policy.active && ` · ${t('inactive')}`}
              </td>
              <td className={styles.name}>
                {words.incidents(policy)}
                {unused && <span className={styles.warning}>⚠ {t('behind', { name: catchAll.name })}</span>}
              </td>
              <td dir="auto" className={styles.chain}>
                {words.steps(policy)}
              </td>
              <td dir="auto" className={styles.name}>
                {words.after(policy)}
              </td>
            </tr>
          );
        })}
      </ListTable>
    </ListPage>
  );
}

function takesEverything({ active, conditions, hours }: EscalationPolicy): boolean {
  return active && hours === null && Object.keys(conditions).length === 0;
}

function usePolicyWords(policies: readonly EscalationPolicy[]) {
  const { t } = useTranslation(['escalation', 'admin', 'desk']);
  const { duration } = useFormats();
  const { teamName } = usePeople();
  const { data: calendars } = useQuery(calendarsQuery);
  const target = useTargetWords();
  const calendarName = (id: string): string =>
    calendars === undefined ? '…' : (calendars.find((calendar) => calendar.id === id)?.name ?? id);
  return {
    incidents: ({ conditions: { priority, team, level }, hours }: EscalationPolicy): string => {
      const parts = [
        priority?.map((one) => t(`desk:priority.${one}`)).join(', '),
        level?.map((one) => t('admin:conditions.levelOf', { level: one })).join(', '),
        team?.map(teamName).join(', '),
        hours === null ? undefined : t(`hours.in.${hours.while}`, { calendar: calendarName(hours.calendar) }),
      ].filter((part) => part !== undefined);
      return parts.length === 0 ? t('everything') : parts.join(' · ');
    },
    steps: ({ steps }: EscalationPolicy): string =>
      steps
        .map(({ targets, ackTimeout }) => {
          const wait = isoMilliseconds(ackTimeout);
          return `${targets.map(target).join(' + ')} (${wait === undefined ? ackTimeout : duration(wait)})`;
        })
        .join(' → '),
    after: ({ rounds, next }: EscalationPolicy): string => {
      const following = policies.find(({ id }) => id === next);
      const parts = [
        ...(rounds > 1 ? [t('roundCount', { count: rounds })] : []),
        ...(following === undefined ? [] : [t('goesOn', { name: following.name })]),
      ];
      return parts.length === 0 ? '—' : parts.join(' · ');
    },
  };
}
