import { Alert, Button, Input, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { addSchedule, changeSchedule, dutyKey, type ScheduleFields, trainingsQuery } from '../../api/schedules.ts';
import type { Schedule } from '../../api/types.ts';
import { isTimeZone, ownTimeZone } from '../zone.ts';
import { draftOf, type LayerDraft, layersOf, moved, newLayer, newSchedule, type ScheduleDraft } from './draft.ts';
import styles from './editor.module.css';
import { LayerFields } from './layer-fields.tsx';
import { Preview, useOffset, usePreview } from './preview.tsx';
import { messageOf, othersThan, type Problems, problemsOf, within } from './problems.ts';
import { RemoveDialog } from './remove-dialog.tsx';

const fieldsOf = (draft: ScheduleDraft): ScheduleFields => ({
  name: draft.name.trim(),
  timeZone: draft.timeZone,
  layers: layersOf(draft),
});

/** Those that are not as they are stored: what others change in the meantime is left to them. */
function changesOf(draft: ScheduleDraft, stored: ScheduleFields): Partial<ScheduleFields> {
  const all = Object.entries(fieldsOf(draft)) as [keyof ScheduleFields, unknown][];
  return Object.fromEntries(all.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name])));
}

/** Makes a schedule, or changes one: what it would give is shown while it is typed. */
export function ScheduleForm({ schedule }: { schedule: Schedule | null }) {
  const { t } = useTranslation('schedule-editor');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [first] = useState(() => (schedule === null ? newSchedule(ownTimeZone, Date.now()) : draftOf(schedule)));
  const [draft, setDraft] = useState(first);
  const [removing, setRemoving] = useState(false);
  const [offset, move] = useOffset();
  const preview = usePreview(draft, offset);
  const changes = changesOf(draft, fieldsOf(first));
  const isChanged = Object.keys(changes).length > 0;
  const done = useRef(false);
  useBlocker({
    shouldBlockFn: () => isChanged && !done.current && !window.confirm(t('leave')),
    enableBeforeUnload: () => isChanged && !done.current,
  });
  const body = JSON.stringify(fieldsOf(draft));
  const { key } = useMemo(() => ({ body, key: newKey() }), [body]);
  const save = useMutation({
    mutationFn: async (_body: string): Promise<string> => {
      if (schedule === null) return (await addSchedule(fieldsOf(draft), key)).id;
      if (isChanged) await changeSchedule(schedule.id, changes);
      return schedule.id;
    },
    onSuccess: async (id) => {
      done.current = true;
      await client.invalidateQueries({ queryKey: dutyKey });
      await navigate({ to: '/on-call/$id', params: { id } });
    },
  });
  // What was said of a draft that has changed since counts no more.
  const refused = save.variables === body ? save.error : null;
  const problems = refused === null ? preview.problems : problemsOf(refused);
  const change = (changed: Partial<ScheduleDraft>): void => setDraft({ ...draft, ...changed });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(body);
      }}
    >
      <Basics draft={draft} problems={problems} change={change} />
      <Layers draft={draft} problems={problems} change={change} />
      {schedule !== null && <TrainingsWarning schedule={schedule} layers={draft.layers} />}
      <Preview draft={draft} preview={preview} onMove={move} />
      <Refusal error={refused} problems={problems} />
      <div className={styles.actions}>
        <Button type="submit" loading={save.isPending}>
          {schedule === null ? t('create') : t('save')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            if (schedule === null) void navigate({ to: '/on-call' });
            else void navigate({ to: '/on-call/$id', params: { id: schedule.id } });
          }}
        >
          {t('cancel')}
        </Button>
        {schedule !== null && (
          <Button variant="default" className={styles.delete} onClick={() => setRemoving(true)}>
            {t('delete.open')}
          </Button>
        )}
      </div>
      {removing && schedule !== null && (
        <RemoveDialog
          schedule={schedule}
          onClose={() => setRemoving(false)}
          onRemoved={async () => {
            done.current = true;
            await navigate({ to: '/on-call' });
            await client.invalidateQueries({ queryKey: dutyKey });
          }}
        />
      )}
    </form>
  );
}

interface PartProps {
  readonly draft: ScheduleDraft;
  readonly problems: Problems;
  readonly change: (changed: Partial<ScheduleDraft>) => void;
}

function Basics({ draft, problems, change }: PartProps) {
  const { t } = useTranslation('schedule-editor');
  const zones = useId();
  const [names] = useState(() => ['UTC', ...Intl.supportedValuesOf('timeZone')]);
  return (
    <div className={styles.fields}>
      <TextInput
        label={t('name')}
        required
        maxLength={200}
        error={messageOf(problems, 'name')}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('timeZone')}
        description={t('timeZoneHint')}
        required
        list={zones}
        autoComplete="off"
        spellCheck={false}
        error={messageOf(problems, 'timeZone')}
        value={draft.timeZone}
        onChange={(event) => change({ timeZone: event.currentTarget.value })}
      />
      <datalist id={zones}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}

function Layers({ draft, problems, change }: PartProps) {
  const { t } = useTranslation('schedule-editor');
  const add = useId();
  const { layers, timeZone } = draft;
  const set = (changed: readonly LayerDraft[]): void => change({ layers: changed });
  return (
    <section aria-labelledby="layers">
      <h2 id="layers">{t('layers')}</h2>
      <p className={styles.hint}>{t('layersHint')}</p>
      {layers.map((layer, i) => (
        <LayerFields
          key={layer.key}
          number={i + 1}
          count={layers.length}
          value={layer}
          timeZone={timeZone}
          problems={within(problems, `layers.${i}`)}
          onChange={(changed) => set(layers.with(i, changed))}
          onMove={(by) => set(moved(layers, i, by))}
          onRemove={() => {
            set(layers.toSpliced(i, 1));
            document.getElementById(add)?.focus();
          }}
        />
      ))}
      {layers.length === 0 && <Input.Error role="alert">{messageOf(problems, 'layers')}</Input.Error>}
      <Button
        id={add}
        variant="default"
        onClick={() => set([...layers, newLayer(isTimeZone(timeZone) ? timeZone : 'UTC', layers, Date.now())])}
      >
        {t('addLayer')}
      </Button>
    </section>
  );
}

/** Trainings name their layer by its number, so that they would go to another layer. */
function TrainingsWarning({ schedule, layers }: { schedule: Schedule; layers: readonly LayerDraft[] }) {
  const { t } = useTranslation('schedule-editor');
  const { data = [] } = useQuery(trainingsQuery(schedule.id));
  const moving = data.filter(({ layer }) => layers[layer]?.origin !== layer);
  if (moving.length === 0) return null;
  return (
    <Alert color="orange" role="alert" py="xs">
      {t('trainings', { count: moving.length })}
    </Alert>
  );
}

/** What the API said to the form as a whole, and to what has no field of its own. */
function Refusal({ error, problems }: { error: Error | null; problems: Problems }) {
  const { t } = useTranslation('schedule-editor');
  const others = othersThan(problems, ['name', 'timeZone', 'layers']);
  if (error === null && others.length === 0) return null;
  return (
    <Alert color="red" role="alert" py="xs">
      {error !== null && problems.length > others.length ? t('refused') : (error?.message ?? '')} {others.join(' · ')}
    </Alert>
  );
}
