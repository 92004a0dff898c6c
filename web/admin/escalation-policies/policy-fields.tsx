import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { calendarsQuery } from '../../api/calendars.ts';
import type { EscalationPolicy } from '../../api/types.ts';
import { ConditionFields } from '../ui/condition-fields.tsx';
import { DurationInput } from '../ui/duration-input.tsx';
import { Fields, Section } from '../ui/edit-form.tsx';
import type { FieldErrors } from '../ui/field-errors.ts';
import type { Draft } from '../ui/use-draft.ts';
import { StepList } from './steps.tsx';

export const policyFields = [
  'name',
  'position',
  'conditions',
  'hours',
  'steps',
  'rounds',
  'resolveTimeout',
  'next',
  'active',
] as const;

type Field = (typeof policyFields)[number];
/** Without a position it comes last. */
export type PolicyDraft = Pick<EscalationPolicy, Exclude<Field, 'position'>> & {
  readonly position?: number | undefined;
};

interface PolicyFieldsProps {
  readonly draft: Draft<PolicyDraft>;
  readonly errors: FieldErrors;
  /** None for a new one. */
  readonly id?: string;
  readonly policies: readonly EscalationPolicy[];
}

export function PolicyFields({ draft: { fields, set }, errors, id, policies }: PolicyFieldsProps) {
  const { t } = useTranslation(['escalation', 'admin']);
  const { hours } = fields;
  const others = policies.filter((policy) => policy.id !== id);
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
            required={id !== undefined}
            withAsterisk={false}
            label={t('position')}
            description={t(id === undefined ? 'positionHintNew' : 'positionHint')}
            value={fields.position ?? ''}
            error={errors.at('position')}
            onChange={(event) => {
              const { value } = event.currentTarget;
              set({ position: value === '' ? undefined : Number(value) });
            }}
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
          conditions={fields.conditions}
          errors={errors}
          onChange={(conditions) => set({ conditions })}
        />
        <HoursFields hours={hours} errors={errors} onChange={(next) => set({ hours: next })} />
      </Section>
      <Section title={t('section.steps')} hint={t('stepsHint')}>
        <StepList steps={fields.steps} errors={errors} onChange={(steps) => set({ steps })} />
      </Section>
      <Section title={t('section.after')}>
        <Fields>
          <TextInput
            type="number"
            min={1}
            max={20}
            required
            withAsterisk={false}
            label={t('rounds')}
            description={t('roundsHint')}
            value={Number.isNaN(fields.rounds) ? '' : fields.rounds}
            error={errors.at('rounds')}
            onChange={(event) => set({ rounds: event.currentTarget.valueAsNumber })}
          />
          <NativeSelect
            size="sm"
            label={t('next')}
            description={t('nextHint')}
            value={fields.next ?? ''}
            error={errors.at('next')}
            onChange={(event) => set({ next: event.currentTarget.value === '' ? null : event.currentTarget.value })}
            data={[{ value: '', label: t('nextNone') }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <DurationInput
            label={t('resolveTimeout')}
            description={t('resolveTimeoutHint')}
            value={fields.resolveTimeout ?? ''}
            error={errors.at('resolveTimeout')}
            onChange={(text) => set({ resolveTimeout: text === '' ? null : text })}
          />
        </Fields>
      </Section>
    </>
  );
}

interface HoursFieldsProps {
  readonly hours: PolicyDraft['hours'];
  readonly errors: FieldErrors;
  readonly onChange: (hours: PolicyDraft['hours']) => void;
}

/** A line's hours. */
function HoursFields({ hours, errors, onChange }: HoursFieldsProps) {
  const { t } = useTranslation('escalation');
  const { data: calendars = [] } = useQuery(calendarsQuery);
  return (
    <Fields>
      <NativeSelect
        mt="md"
        size="sm"
        label={t('hours.calendar')}
        description={calendars.length === 0 ? t('hours.noCalendars') : t('hours.hint')}
        value={hours?.calendar ?? ''}
        error={errors.at('hours.calendar')}
        onChange={(event) => {
          const { value: calendar } = event.currentTarget;
          onChange(calendar === '' ? null : { calendar, while: hours?.while ?? 'open' });
        }}
        data={[
          { value: '', label: t('hours.always') },
          ...calendars.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {hours !== null && (
        <NativeSelect
          mt="md"
          size="sm"
          label={t('hours.while')}
          description={t('hours.whileHint')}
          value={hours.while}
          error={errors.at('hours.while')}
          onChange={(event) => onChange({ ...hours, while: event.currentTarget.value === 'open' ? 'open' : 'closed' })}
          data={(['open', 'closed'] as const).map((value) => ({ value, label: t(`hours.${value}`) }))}
        />
      )}
    </Fields>
  );
}
