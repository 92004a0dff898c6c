import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { calendarsQuery } from '../../api/calendars.ts';
import type { SlaPolicy } from '../../api/types.ts';
import { priorities } from '../../ui/choices.ts';
import { Checks, ConditionFields } from '../ui/condition-fields.tsx';
import { DurationInput } from '../ui/duration-input.tsx';
import { Fields, FieldError, Section } from '../ui/edit-form.tsx';
import type { FieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import type { Draft } from '../ui/use-draft.ts';
import { WordsInput } from '../ui/words-input.tsx';

export const clockNames = ['firstReply', 'nextReply', 'resolution'] as const;
const pausable = ['pending', 'on-hold'] as const;

export const slaPolicyFields = [
  'name',
  'position',
  'conditions',
  'calendar',
  'warnAt',
  'pauseOn',
  'targets',
  'active',
] as const;

type Field = (typeof slaPolicyFields)[number];
/** Without a position it comes behind the others. */
export type SlaPolicyDraft = Pick<SlaPolicy, Exclude<Field, 'position'>> & { readonly position?: number | undefined };
type Targets = SlaPolicy['targets'];

interface SlaPolicyFieldsProps {
  readonly draft: Draft<SlaPolicyDraft>;
  readonly errors: FieldErrors;
  readonly isNew?: boolean;
}

export function SlaPolicyFields({ draft: { fields, set }, errors, isNew = false }: SlaPolicyFieldsProps) {
  const { t } = useTranslation(['sla-policies', 'admin', 'desk']);
  const { data: calendars = [] } = useQuery(calendarsQuery);
  return (
    <>
      <Section title={t('section.policy')}>
        <Fields>
          <TextInput
            label={t('admin:people.col.name')}
            required
            maxLength={200}
            value={fields.name}
            error={errors.at('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            type="number"
            min={0}
            max={1_000_000}
            required={!isNew}
            withAsterisk={false}
            label={t('position')}
            description={t(isNew ? 'positionHintNew' : 'positionHint')}
            value={fields.position ?? ''}
            error={errors.at('position')}
            onChange={({ currentTarget: { value } }) => set({ position: value === '' ? undefined : Number(value) })}
          />
        </Fields>
        <Checkbox
          mt="sm"
          label={t('active')}
          checked={fields.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
      </Section>
      <Section title={t('section.when')} hint={t('whenHint')}>
        <ConditionFields
          ofTickets
          conditions={fields.conditions}
          errors={errors}
          onChange={(conditions) => set({ conditions })}
        />
      </Section>
      <Section title={t('section.targets')} hint={t('targetsHint')}>
        <TargetFields targets={fields.targets} errors={errors} onChange={(targets) => set({ targets })} />
      </Section>
      <Section title={t('section.clocks')}>
        <Fields>
          <NativeSelect
            size="sm"
            label={t('calendar')}
            description={t('calendarHint')}
            value={fields.calendar ?? ''}
            error={errors.at('calendar')}
            onChange={({ currentTarget: { value } }) => set({ calendar: value === '' ? null : value })}
            data={[
              { value: '', label: t('aroundTheClock') },
              ...calendars.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <WordsInput
            label={t('warnAt')}
            description={t('warnAtHint')}
            value={fields.warnAt.map((fraction) => String(Math.round(fraction * 1000) / 10))}
            error={errors.at('warnAt')}
            onChange={(words) => set({ warnAt: words.map((word) => Number(word.replace('%', '')) / 100) })}
          />
        </Fields>
        <Checks
          legend={t('pauseOn')}
          choices={pausable}
          value={fields.pauseOn}
          label={(status) => t(`desk:status.${status}`)}
          error={errors.at('pauseOn')}
          onChange={(pauseOn) => set({ pauseOn })}
        />
      </Section>
    </>
  );
}

interface TargetFieldsProps {
  readonly targets: Targets;
  readonly errors: FieldErrors;
  readonly onChange: (targets: Targets) => void;
}

/** What is promised, by priority; an empty field promises nothing. */
function TargetFields({ targets, errors, onChange }: TargetFieldsProps) {
  const { t } = useTranslation(['sla-policies', 'desk']);
  const set = (priority: (typeof priorities)[number], clock: (typeof clockNames)[number], target: string): void => {
    const clocks = Object.entries({ ...targets[priority], [clock]: target }).filter(([, text]) => text !== '');
    const all = Object.entries({ ...targets, [priority]: Object.fromEntries(clocks) });
    onChange(Object.fromEntries(all.filter(([, own]) => Object.keys(own ?? {}).length > 0)) as Targets);
  };
  return (
    <div className={ui.conditions}>
      {priorities.toReversed().map((priority) => (
        <fieldset key={priority} className={ui.targets}>
          <legend>{t(`desk:priority.${priority}`)}</legend>
          {clockNames.map((clock) => (
            <DurationInput
              key={clock}
              label={t(`desk:sla.clock.${clock}`)}
              value={targets[priority]?.[clock] ?? ''}
              error={errors.at(`targets.${priority}.${clock}`)}
              onChange={(target) => set(priority, clock, target)}
            />
          ))}
        </fieldset>
      ))}
      <FieldError>{errors.at('targets')}</FieldError>
    </div>
  );
}
