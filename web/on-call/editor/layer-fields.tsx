import { Alert, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isCalendarLayer, type LayerDraft, rotationTypes } from './draft.ts';
import styles from './editor.module.css';
import { OrderButtons } from './order-buttons.tsx';
import { Participants } from './participants.tsx';
import { messageOf, othersThan, type Problems, within } from './problems.ts';
import { Restrictions } from './restrictions.tsx';
import { Shadows } from './shadows.tsx';
import { TimeField } from './time-field.tsx';

interface LayerProps {
  /** From 1. */
  readonly number: number;
  readonly count: number;
  readonly value: LayerDraft;
  readonly timeZone: string;
  readonly problems: Problems;
  readonly onChange: (value: LayerDraft) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** One layer: whose turn it is, for how long, and when at all. */
export function LayerFields({ number, count, value, timeZone, problems, onChange, onMove, onRemove }: LayerProps) {
  const { t } = useTranslation('schedule-editor');
  const what = t('layer', { number });
  const calendar = isCalendarLayer(value);
  const fields = calendar ? ['name'] : ['name', 'rotation', 'participants', 'until', 'restrictions', 'shadows'];
  const others = othersThan(problems, fields);
  const change = (changed: Partial<LayerDraft>): void => onChange({ ...value, ...changed });
  return (
    <fieldset className={styles.layer}>
      <legend>{what}</legend>
      <div className={styles.order}>
        <OrderButtons what={what} first={number === 1} last={number === count} onMove={onMove} onRemove={onRemove} />
      </div>
      {others.length > 0 && (
        <Alert color="red" role="alert" py="xs">
          {others.join(' · ')}
        </Alert>
      )}
      <TextInput
        label={t('layerName')}
        maxLength={200}
        error={messageOf(problems, 'name')}
        value={value.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {calendar ? (
        <p className={styles.hint}>{t('calendarLayer', { count: value.stored.shifts?.length ?? 0 })}</p>
      ) : (
        <Rotation value={value} timeZone={timeZone} problems={problems} change={change} />
      )}
    </fieldset>
  );
}

interface RotationProps extends Pick<LayerProps, 'value' | 'timeZone' | 'problems'> {
  readonly change: (changed: Partial<LayerDraft>) => void;
}

function Rotation({ value, timeZone, problems, change }: RotationProps) {
  const { t } = useTranslation('schedule-editor');
  const rotation = within(problems, 'rotation');
  const { eligible } = value.stored;
  return (
    <>
      <div className={styles.fields}>
        <NativeSelect
          size="sm"
          label={t('rotation')}
          error={messageOf(rotation, 'type')}
          value={value.type}
          onChange={(event) => change({ type: event.currentTarget.value as LayerDraft['type'] })}
          data={rotationTypes.map((type) => ({ value: type, label: t(`rotationType.${type}`) }))}
        />
        <TextInput
          type="number"
          min={1}
          max={9000}
          step={1}
          required
          label={t(`shiftLength.${value.type}`)}
          error={messageOf(rotation, 'shiftLength')}
          value={value.shiftLength}
          onChange={(event) => change({ shiftLength: event.currentTarget.value })}
        />
        <TimeField
          label={t('start')}
          timeZone={timeZone}
          required
          value={value.start}
          onChange={(start) => change({ start })}
          error={messageOf(rotation, 'start')}
        />
        <TimeField
          label={t('until')}
          timeZone={timeZone}
          value={value.until}
          onChange={(until) => change({ until })}
          error={messageOf(problems, 'until')}
        />
      </div>
      <Participants
        value={value.participants}
        onChange={(participants) => change({ participants })}
        error={messageOf(problems, 'participants')}
      />
      {eligible !== undefined && <p className={styles.hint}>{t('eligible')}</p>}
      <Checkbox
        label={t('fair')}
        description={t('fairHint')}
        checked={value.fair}
        onChange={(event) => change({ fair: event.currentTarget.checked })}
      />
      <Restrictions
        value={value.restrictions}
        onChange={(restrictions) => change({ restrictions })}
        problems={within(problems, 'restrictions')}
      />
      <Shadows
        value={value.shadows}
        onChange={(shadows) => change({ shadows })}
        timeZone={timeZone}
        problems={within(problems, 'shadows')}
      />
    </>
  );
}
