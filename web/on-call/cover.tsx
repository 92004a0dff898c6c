import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/client.ts';
import { usePeople } from '../api/people.ts';
import { addOverride } from '../api/schedules.ts';
import { useSession } from '../api/session.ts';
import type { Schedule } from '../api/types.ts';
import { Dialog } from '../shell/dialog.tsx';
import type { Turn } from './duty-times.ts';
import { Failure } from './failure.tsx';
import styles from './on-call.module.css';
import { useDutyChange } from './use-duty.ts';
import { instantIn, wallText } from './zone.ts';

interface CoverProps {
  readonly schedule: Schedule;
  readonly turn: Turn;
  readonly onClose: () => void;
}

const everybody = '';

/** Puts somebody on duty, takes somebody off, or adds somebody, for a turn or a part of it. */
export function Cover({ schedule, turn, onClose }: CoverProps) {
  const { t } = useTranslation('on-call');
  const session = useSession();
  const { users, userName } = usePeople();
  const { timeZone } = schedule;
  const [how, setHow] = useState<'replace' | 'add' | 'remove'>(turn.users.length === 0 ? 'add' : 'replace');
  const [user, setUser] = useState(session.user.id);
  const [whose, setWhose] = useState(turn.users[0] ?? everybody);
  const [start, setStart] = useState(wallText(timeZone, Math.max(Date.parse(turn.start), Date.now())));
  const [end, setEnd] = useState(wallText(timeZone, Date.parse(turn.end)));
  const [reason, setReason] = useState('');
  const save = useDutyChange(() => {
    const replaces = whose === everybody ? {} : { replaces: whose };
    const whom = how === 'add' ? { adds: user } : how === 'remove' ? replaces : { user, ...replaces };
    return addOverride(
      schedule.id,
      {
        // The end that was shown may be within a minute.
        start: instantText(timeZone, start, turn.start),
        end: instantText(timeZone, end, turn.end),
        ...whom,
        ...(reason !== '' && { reason }),
      },
      newKey(),
    );
  }, onClose);
  const people = users
    .filter(({ active, role }) => active && role !== 'viewer')
    .map(({ id, name }) => ({ value: id, label: id === session.user.id ? t('cover.me', { name }) : name }));
  const present = turn.users.map((id) => ({ value: id, label: userName(id) }));
  return (
    <Dialog title={t('cover.title', { schedule: schedule.name })} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        <NativeSelect
          label={t('cover.how')}
          data-autofocus
          value={how}
          onChange={(event) => setHow(event.currentTarget.value as typeof how)}
          data={[
            ...(present.length === 0 ? [] : [{ value: 'replace', label: t('cover.replace') }]),
            { value: 'add', label: t('cover.add') },
            ...(present.length === 0 ? [] : [{ value: 'remove', label: t('cover.remove') }]),
          ]}
        />
        {how !== 'add' && (
          <NativeSelect
            label={t('cover.whose')}
            value={whose}
            onChange={(event) => setWhose(event.currentTarget.value)}
            data={[...present, ...(how === 'replace' ? [{ value: everybody, label: t('cover.everybody') }] : [])]}
          />
        )}
        {how !== 'remove' && (
          <NativeSelect
            label={t('person')}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
            data={people}
          />
        )}
        <TextInput
          type="datetime-local"
          required
          label={t('start', { zone: timeZone })}
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          required
          label={t('end', { zone: timeZone })}
          value={end}
          onChange={(event) => setEnd(event.currentTarget.value)}
        />
        <TextInput
          label={t('reason')}
          maxLength={500}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        <Failure error={save.error} />
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}

/** What was not touched stays the instant that it was, seconds and doubled hours included. */
function instantText(timeZone: string, text: string, given: string): string {
  if (text === wallText(timeZone, Date.parse(given))) return given;
  return new Date(instantIn(timeZone, text) ?? Number.NaN).toISOString();
}
