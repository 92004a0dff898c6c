import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import type { TicketForecast } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { milliseconds } from '../../ticket/duration.ts';
import { Section } from '../ui/edit-form.tsx';
import ui from '../ui/ui.module.css';
import styles from './simulator.module.css';

/** The answer, in words: which promises, why these, and what happens when. */
export function Forecast({ forecast }: { forecast: TicketForecast }) {
  const { t } = useTranslation(['simulator', 'admin']);
  const { owner } = forecast;
  return (
    <>
      <Policy forecast={forecast} />
      {owner !== null && (
        <Section title={t('owner')}>
          <p>{t(`admin:ownership.${owner as 'on-duty' | 'least-loaded' | 'round-robin'}`)}</p>
        </Section>
      )}
      <Course forecast={forecast} />
    </>
  );
}

type Condition = 'priority' | 'channel' | 'team' | 'level' | 'tags';

function Policy({ forecast: { slaPolicy, looked, clocks } }: { forecast: TicketForecast }) {
  const { t, i18n } = useTranslation(['simulator', 'desk']);
  const { duration } = useFormats();
  const list = new Intl.ListFormat(i18n.language);
  const others = looked.filter(({ failing }) => failing.length > 0);
  return (
    <Section title={slaPolicy === null ? t('noPolicy') : t('policyIs', { name: slaPolicy.name })}>
      <ul className={ui.consequences}>
        {clocks.map(({ name, target }) => (
          <li key={name}>
            {t('promise', { clock: t(`desk:sla.clock.${name}`), target: duration(milliseconds(target)) })}
          </li>
        ))}
      </ul>
      {slaPolicy !== null && clocks.length === 0 && <p>{t('noPromise')}</p>}
      {others.length > 0 && (
        <details>
          <summary>{t('others', { count: others.length })}</summary>
          <ul className={ui.consequences}>
            {others.map(({ id, name, failing }) => (
              <li key={id}>
                {t('failing', {
                  name,
                  conditions: list.format(failing.map((one) => t(`condition.${one as Condition}`))),
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

interface Moment {
  readonly key: string;
  readonly at: string;
  readonly kind: 'received' | 'warning' | 'breach' | 'page' | 'nobody' | 'end';
  readonly text: string;
  readonly more?: string;
}

const shapes = { received: '●', warning: '▲', breach: '✖', page: '☎', nobody: '⚠', end: '■' } as const;

/** Everything in the order of time, as long as nobody answers and nobody acknowledges. */
function Course({ forecast }: { forecast: TicketForecast }) {
  const { t } = useTranslation(['simulator', 'desk']);
  const { duration, full } = useFormats();
  const start = Date.parse(forecast.at);
  const moments = useMoments(forecast);
  return (
    <Section title={t('course')} hint={t('courseHint')}>
      <ol className={styles.course}>
        {moments.map(({ key, at, kind, text, more }) => (
          <li key={key} data-kind={kind}>
            <span className={styles.after}>
              {Date.parse(at) === start ? t('atOnce') : t('after', { time: duration(Date.parse(at) - start) })}
            </span>
            <span className={styles.shape} aria-hidden>
              {shapes[kind]}
            </span>
            <span>
              {text}
              {more !== undefined && <span className={styles.more}>{more}</span>}
              <time className={styles.more} dateTime={at}>
                {full(at)}
              </time>
            </span>
          </li>
        ))}
      </ol>
      {forecast.escalation?.endsAt === null && <p>{t('again')}</p>}
    </Section>
  );
}

function useMoments({ at, clocks, escalation }: TicketForecast): Moment[] {
  const { t, i18n } = useTranslation(['simulator', 'desk']);
  const { userName } = usePeople();
  const list = new Intl.ListFormat(i18n.language);
  const names = (users: readonly string[]): string => list.format(users.map(userName));
  const moments: Moment[] = [{ key: 'received', at, kind: 'received', text: t('received') }];
  for (const { name, dueAt, warnings } of clocks) {
    const clock = t(`desk:sla.clock.${name}`);
    for (const { fraction, at: then } of warnings) {
      const text = t('warning', { clock, percent: Math.round(fraction * 100) });
      moments.push({ key: `${name} ${fraction}`, at: then, kind: 'warning', text });
    }
    if (dueAt !== null) moments.push({ key: name, at: dueAt, kind: 'breach', text: t('breach', { clock }) });
  }
  if (escalation !== null) {
    const by = t('byPolicy', { name: escalation.policy ?? t('builtIn') });
    for (const { round, step, at: then, targets, users, copies, unreachable } of escalation.steps) {
      const whom = list.format(targets.map((target) => t(`target.${target as Target}`)));
      const reached = users.length - unreachable.length;
      const notes = [
        t('step', { step, whom }),
        ...(step === 1 ? [by] : []),
        ...(copies.length > 0 ? [t('copies', { people: names(copies) })] : []),
        ...(unreachable.length > 0 && reached > 0 ? [t('unreachable', { people: names(unreachable) })] : []),
      ];
      moments.push({
        ...{ key: `${round}/${step}`, at: then, kind: reached > 0 ? 'page' : 'nobody', more: notes.join(' · ') },
        text: users.length === 0 ? t('nobodyFound') : t(reached > 0 ? 'paged' : 'cannotPage', { people: names(users) }),
      });
    }
    if (escalation.endsAt !== null) {
      moments.push({ key: 'end', at: escalation.endsAt, kind: 'end', text: t('end') });
    }
  }
  return moments.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

type Target = 'assignee' | 'teammate' | 'manager' | 'schedule' | 'user';
