import { useQueries } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { onCallNowQuery } from '../../api/escalation.ts';
import { usePeople } from '../../api/people.ts';
import type { EscalationPolicy } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { isoMilliseconds } from '../ui/duration-text.ts';
import { courseOf, type Moment } from './course.ts';
import styles from './escalation.module.css';
import type { PolicyDraft } from './policy-fields.tsx';
import type { Target } from './target.ts';
import { useTargetWords } from './target-words.ts';

interface CourseViewProps {
  readonly draft: PolicyDraft;
  /** None for a new one. */
  readonly id: string | undefined;
  readonly policies: readonly EscalationPolicy[];
}

/** What would happen, minute by minute, by what the form says now. */
export function CourseView({ draft, id, policies }: CourseViewProps) {
  const { t } = useTranslation('escalation');
  const { duration } = useFormats();
  const heading = useId();
  const byId = new Map<string, PolicyDraft>(policies.map((policy) => [policy.id, policy]));
  if (id !== undefined) byId.set(id, draft);
  const unresolvedMs = draft.resolveTimeout === null ? undefined : isoMilliseconds(draft.resolveTimeout);
  return (
    <aside className={styles.course} aria-labelledby={heading}>
      <h2 id={heading}>{t('course.title')}</h2>
      <p className={styles.dim}>{t('course.hint')}</p>
      <ol className={styles.moments}>
        {courseOf(draft, byId).map((moment, i) => (
          <li key={i}>
            <MomentView moment={moment} />
          </li>
        ))}
      </ol>
      <p className={styles.dim}>{t('course.gap')}</p>
      <p className={styles.dim}>
        {t('course.acknowledged')}{' '}
        {unresolvedMs !== undefined && t('course.unresolved', { time: duration(unresolvedMs) })}
      </p>
    </aside>
  );
}

function MomentView({ moment }: { moment: Moment }) {
  const { t } = useTranslation('escalation');
  const { duration } = useFormats();
  if (moment.kind === 'unknown') return <span className={styles.who}>{t('course.unknown')}</span>;
  const when = moment.at === 0 ? t('course.atOnce') : t('course.after', { time: duration(moment.at) });
  return (
    <>
      <span className={styles.when}>{when}</span>
      {moment.kind === 'page' &&
        (moment.targets.length === 0 ? (
          <span className={styles.who}>{t('course.nobodyChosen')}</span>
        ) : (
          moment.targets.map((target, i) => <TargetView key={i} target={target} />)
        ))}
      {moment.kind === 'again' && (
        <span className={styles.who}>{t('course.again', { count: moment.times, every: duration(moment.every) })}</span>
      )}
      {moment.kind === 'next' && <span className={styles.who}>{t('course.next', { policy: moment.policy })}</span>}
      {moment.kind === 'nobody-left' && <span className={styles.end}>{t('course.nobodyLeft')}</span>}
    </>
  );
}

/** Whom a target means, as far as that can be said now. */
function TargetView({ target }: { target: Target }) {
  const { t } = useTranslation('escalation');
  const words = useTargetWords();
  const { users, userName } = usePeople();
  const schedules = target.type === 'schedule' ? [target.schedule] : [];
  const [onCall] = useQueries({ queries: schedules.map(onCallNowQuery) });
  const user = target.type === 'user' ? users.find(({ id }) => id === target.user) : undefined;
  const now = onCall?.data?.responsible;
  return (
    <span className={styles.who} dir="auto">
      {words(target)}
      {now !== undefined && (
        <span className={styles.now}>
          {' '}
          {now.length === 0 ? `⚠ ${t('course.nobodyNow')}` : t('course.now', { people: now.map(userName).join(', ') })}
        </span>
      )}
      {user?.active === false && <span className={styles.warning}>⚠ {t('course.hasLeft')}</span>}
      {user?.active === true && user.contacts?.length === 0 && (
        <span className={styles.warning}>⚠ {t('course.noContacts')}</span>
      )}
    </span>
  );
}
