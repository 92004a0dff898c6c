import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/client.ts';
import { usePeople } from '../api/people.ts';
import { askSwap } from '../api/schedules.ts';
import { useSession } from '../api/session.ts';
import type { Schedule, Shift } from '../api/types.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useDutyTimes } from './duty-times.ts';
import { Failure } from './failure.tsx';
import styles from './on-call.module.css';
import { useDutyChange } from './use-duty.ts';

interface SwapProps {
  readonly schedule: Schedule;
  readonly shift: Shift;
}

/** Asks a colleague to take one's shift. It is theirs once they accept. */
export function SwapButton({ schedule, shift }: SwapProps) {
  const { t } = useTranslation('on-call');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t('swap.ask')}
      </Button>
      {open && <SwapDialog schedule={schedule} shift={shift} onClose={() => setOpen(false)} />}
    </>
  );
}

function SwapDialog({ schedule, shift, onClose }: SwapProps & { onClose: () => void }) {
  const { t } = useTranslation('on-call');
  const { user } = useSession();
  const { users } = usePeople();
  const { span } = useDutyTimes(schedule.timeZone);
  const [asked, setAsked] = useState('');
  const given = { start: shift.start, end: shift.end };
  const [key] = useState(newKey);
  const ask = useDutyChange(() => askSwap(schedule.id, { asker: user.id, asked, given }, `${key}-${asked}`), onClose);
  const others = users.filter(({ id, active, role }) => active && id !== user.id && role !== 'viewer');
  return (
    <Dialog title={t('swap.title')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate(undefined);
        }}
      >
        <p>{t('swap.text', { schedule: schedule.name, span: span(shift.start, shift.end) })}</p>
        <NativeSelect
          label={t('swap.whom')}
          required
          data-autofocus
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
          data={[{ value: '', label: '' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <Failure error={ask.error} />
        <Button type="submit" loading={ask.isPending} disabled={asked === ''}>
          {t('swap.send')}
        </Button>
      </form>
    </Dialog>
  );
}
