import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api/types.ts';
import { FieldError, Section } from '../ui/edit-form.tsx';
import type { FieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import type { Draft } from '../ui/use-draft.ts';
import { chosen, eventGroups, eventTypes } from './event-types.ts';
import styles from './webhooks.module.css';

export type WebhookDraft = Pick<Webhook, 'name' | 'url' | 'events' | 'enabled'>;
export const webhookFields = ['name', 'url', 'events', 'enabled'];

interface WebhookFieldsProps {
  readonly draft: Draft<WebhookDraft>;
  readonly errors: FieldErrors;
  readonly isNew?: boolean;
}

export function WebhookFields({ draft: { fields, set }, errors, isNew = false }: WebhookFieldsProps) {
  const { t } = useTranslation(['webhooks', 'admin']);
  return (
    <>
      <Section title={t('receiver')}>
        <div className={styles.receiver}>
          <TextInput
            label={t('admin:people.col.name')}
            required
            withAsterisk={false}
            maxLength={200}
            autoFocus={isNew}
            value={fields.name}
            error={errors.at('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('url')}
            description={t('urlHint')}
            type="url"
            required
            withAsterisk={false}
            maxLength={2000}
            placeholder="https://example.com/vigil"
            value={fields.url}
            error={errors.at('url')}
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
          {!isNew && (
            <Checkbox
              label={t('enabled')}
              description={t('enabledHint')}
              checked={fields.enabled}
              onChange={(event) => set({ enabled: event.currentTarget.checked })}
            />
          )}
        </div>
      </Section>
      <Section title={t('events')} hint={t('eventsHint')}>
        <Events value={fields.events} onChange={(events) => set({ events })} />
        <FieldError>{errors.at('events')}</FieldError>
      </Section>
    </>
  );
}

interface EventsProps {
  readonly value: Webhook['events'];
  readonly onChange: (value: Webhook['events']) => void;
}

/** What is in a larger choice is shown as chosen, and can be taken out only by giving that up. */
function Events({ value, onChange }: EventsProps) {
  const { t } = useTranslation('webhooks');
  const all = value.includes('*');
  const toggle = (pattern: Webhook['events'][number], on: boolean): void => {
    const patterns = new Set(value);
    if (on) patterns.add(pattern);
    else patterns.delete(pattern);
    onChange(chosen(patterns));
  };
  return (
    <div className={styles.events}>
      <Checkbox label={t('everything')} checked={all} onChange={(event) => toggle('*', event.currentTarget.checked)} />
      {eventGroups.map((group) => {
        const whole = all || value.includes(`${group}.*`);
        return (
          <fieldset key={group} className={ui.checks}>
            <legend>{t(`group.${group}`)}</legend>
            <Checkbox
              label={t(`all.${group}`)}
              checked={whole}
              disabled={all}
              onChange={(event) => toggle(`${group}.*`, event.currentTarget.checked)}
            />
            {eventTypes[group].map((type) => (
              <Checkbox
                key={type}
                label={<code>{type}</code>}
                checked={whole || value.includes(type)}
                disabled={whole}
                onChange={(event) => toggle(type, event.currentTarget.checked)}
              />
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
