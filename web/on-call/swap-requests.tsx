import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import { answerSwap, swapsQuery } from '../api/schedules.ts';
import { useSession } from '../api/session.ts';
import type { Schedule, Swap } from '../api/types.ts';
import { useDutyTimes } from './duty-times.ts';
import { Failure } from './failure.tsx';
import styles from './on-call.module.css';
import { useDutyChange } from './use-duty.ts';

/** Swaps that wait for an answer: the user's own, and those that the user is asked for. */
export function SwapRequests({ schedules }: { schedules: readonly Schedule[] }) {
  const { t } = useTranslation('on-call');
  const { user } = useSession();
  const swaps = useQueries({ queries: schedules.map(({ id }) => swapsQuery(id)) });
  const open = schedules
    .flatMap((schedule, i) => (swaps[i]?.data ?? []).map((swap) => ({ schedule, swap })))
    .filter(({ swap }) => swap.status === 'asked' && (swap.asker === user.id || swap.asked === user.id));
  if (open.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="swaps">
      <h2 id="swaps">{t('swap.open')}</h2>
      <ul className={styles.list}>
        {open.map(({ schedule, swap }) => (
          <Request key={swap.id} schedule={schedule} swap={swap} asked={swap.asked === user.id} />
        ))}
      </ul>
    </section>
  );
}

function Request({ schedule, swap, asked }: { schedule: Schedule; swap: Swap; asked: boolean }) {
  const { t } = useTranslation('on-call');
  const { userName } = usePeople();
  const { span } = useDutyTimes(schedule.timeZone);
  const answer = useDutyChange((verb: 'accept' | 'decline' | 'withdraw') => answerSwap(schedule.id, swap.id, verb));
  const who = { asker: userName(swap.asker), asked: userName(swap.asked) };
  return (
    <li>
      <span>
        <span>{asked ? t('swap.askedOfYou', who) : t('swap.askedByYou', who)}</span>
        <span className={styles.when}>
          {schedule.name} · {t('swap.given', { span: span(swap.given.start, swap.given.end) })}
          {swap.taken !== null && ` · ${t('swap.taken', { span: span(swap.taken.start, swap.taken.end) })}`}
        </span>
        <Failure error={answer.error} />
      </span>
      <span className={styles.actions}>
        {asked ? (
          <>
            <Button size="compact-sm" loading={answer.isPending} onClick={() => answer.mutate('accept')}>
              {t('swap.accept')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => answer.mutate('decline')}>
              {t('swap.decline')}
            </Button>
          </>
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => answer.mutate('withdraw')}>
            {t('swap.withdraw')}
          </Button>
        )}
      </span>
    </li>
  );
}
