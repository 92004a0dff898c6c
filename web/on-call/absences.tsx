import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/client.ts';
import { usePeople } from '../api/people.ts';
import { absencesQuery, addAbsence, removeAbsence } from '../api/schedules.ts';
import { useMay, useSession } from '../api/session.ts';
import type { Absence, Schedule } from '../api/types.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useDutyTimes } from './duty-times.ts';
import { Failure } from './failure.tsx';
import styles from './on-call.module.css';
import { useDutyChange } from './use-duty.ts';
import { instantIn, midnight, ownTimeZone, wallText } from './zone.ts';

const timeZone = ownTimeZone;

/** Who is away, and which of their shifts need somebody else. */
export function Absences({ schedules }: { schedules: readonly Schedule[] }) {
  const { t } = useTranslation('on-call');
  const mayWork = useMay('work');
  const [adding, setAdding] = useState(false);
  const { data = [] } = useQuery(absencesQuery);
  return (
    <section className={styles.section} aria-labelledby="absences">
      <h2 id="absences">{t('absence.title')}</h2>
      {data.length === 0 && <p className={styles.quiet}>{t('absence.none')}</p>}
      <ul className={styles.list}>
        {data.map((absence) => (
          <Line key={absence.id} absence={absence} schedules={schedules} mayWork={mayWork} />
        ))}
      </ul>
      {mayWork && (
        <Button variant="default" onClick={() => setAdding(true)}>
          {t('absence.add')}
        </Button>
      )}
      {adding && <AbsenceDialog onClose={() => setAdding(false)} />}
    </section>
  );
}

interface LineProps {
  readonly absence: Absence;
  readonly schedules: readonly Schedule[];
  readonly mayWork: boolean;
}

function Line({ absence, schedules, mayWork }: LineProps) {
  const { t } = useTranslation('on-call');
  const { userName } = usePeople();
  const { span } = useDutyTimes(timeZone);
  const remove = useDutyChange(() => removeAbsence(absence.id));
  const nameOf = (id: string): string => schedules.find((schedule) => schedule.id === id)?.name ?? id;
  return (
    <li>
      <span>
        <strong dir="auto">{userName(absence.user)}</strong>
        <span className={styles.when}>
          {span(absence.start, absence.end)}
          {absence.reason !== null && ` · ${absence.reason}`}
        </span>
        {absence.uncovered.map(({ schedule, start, end }) => (
          <span key={schedule + start} className={styles.gap}>
            <span aria-hidden="true">⚠ </span>
            {t('absence.uncovered', { schedule: nameOf(schedule), span: span(start, end) })}
          </span>
        ))}
        <Failure error={remove.error} />
      </span>
      {mayWork && (
        <Button size="compact-sm" variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t('absence.remove')}
        </Button>
      )}
    </li>
  );
}

function AbsenceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('on-call');
  const session = useSession();
  const { users } = usePeople();
  const [user, setUser] = useState(session.user.id);
  const [start, setStart] = useState(() => wallText(timeZone, midnight(timeZone, Date.now(), 1)));
  const [end, setEnd] = useState(() => wallText(timeZone, midnight(timeZone, Date.now(), 2)));
  const [reason, setReason] = useState('');
  const add = useDutyChange(() => {
    const [from, to] = [instantIn(timeZone, start) ?? 0, instantIn(timeZone, end) ?? 0];
    const times = { start: new Date(from).toISOString(), end: new Date(to).toISOString() };
    return addAbsence({ user, ...times, ...(reason !== '' && { reason }) }, newKey());
  }, onClose);
  return (
    <Dialog title={t('absence.add')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined);
        }}
      >
        <NativeSelect
          label={t('person')}
          data-autofocus
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
          data={users.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
        />
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
        <Failure error={add.error} />
        <Button type="submit" loading={add.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}
