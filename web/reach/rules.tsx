import { ActionIcon, Button, Checkbox, NativeSelect } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '../admin/ui/field-errors.ts';
import { FieldError } from '../admin/ui/edit-form.tsx';
import { useFormats } from '../i18n/format.ts';
import { milliseconds } from '../ticket/duration.ts';
import { type Contact, contactTypes, type Rule } from './reach.ts';
import styles from './reach.module.css';

interface RulesProps {
  /** Null: all contacts at once. */
  readonly rules: readonly Rule[] | null;
  readonly contacts: readonly Contact[];
  readonly onChange: (rules: Rule[] | null) => void;
  readonly errors: FieldErrors;
}

const delays = ['PT0S', 'PT1M', 'PT2M', 'PT5M', 'PT10M', 'PT15M', 'PT30M', 'PT1H'];

/** Which contacts are paged, and after how long. */
export function Rules({ rules, contacts, onChange, errors }: RulesProps) {
  const { t } = useTranslation('settings');
  const { duration } = useFormats();
  const group = useRef<HTMLDivElement>(null);
  const used = contactTypes.filter((type) => contacts.some((contact) => contact.type === type));
  const put = (i: number, part: Partial<Rule>): void =>
    onChange((rules ?? []).map((rule, at) => (at === i ? { ...rule, ...part } : rule)));
  return (
    <div ref={group} tabIndex={-1} className={styles.lines} role="group" aria-label={t('rules.title')}>
      <Checkbox
        label={t('rules.allAtOnce')}
        checked={rules === null}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? null : used.map((contact) => ({ contact, delay: 'PT0S' })))
        }
      />
      {rules?.map(({ contact, delay = 'PT0S', urgentOnly = false }, i) => (
        <div key={i} className={styles.rule}>
          <NativeSelect
            size="sm"
            aria-label={t('rules.contact', { number: i + 1 })}
            value={contact}
            onChange={(event) => put(i, { contact: event.currentTarget.value as Rule['contact'] })}
            data={contactTypes.map((value) => ({ value, label: t(`contacts.types.${value}`) }))}
          />
          <NativeSelect
            size="sm"
            aria-label={t('rules.delay', { number: i + 1 })}
            error={errors.at(`notificationRules.${i}`)}
            value={delay}
            onChange={(event) => put(i, { delay: event.currentTarget.value })}
            data={[...new Set([...delays, delay])].map((value) => ({
              value,
              label: value === 'PT0S' ? t('rules.atOnce') : t('rules.after', { time: duration(milliseconds(value)) }),
            }))}
          />
          <Checkbox
            label={t('rules.urgentOnly')}
            checked={urgentOnly}
            onChange={(event) => put(i, { urgentOnly: event.currentTarget.checked })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('rules.remove', { number: i + 1 })}
            onClick={() => {
              onChange(rules.filter((_, at) => at !== i));
              // The button that had the focus is gone.
              group.current?.focus();
            }}
          >
            ×
          </ActionIcon>
          {!used.includes(contact) && (
            <p className={styles.warning}>⚠ {t('rules.noContact', { type: t(`contacts.types.${contact}`) })}</p>
          )}
        </div>
      ))}
      {rules !== null && (
        <>
          {rules.length === 0 && <p className={styles.warning}>⚠ {t('rules.none')}</p>}
          {rules.length < 20 && (
            <div>
              <Button
                variant="default"
                onClick={() => onChange([...rules, { contact: used[0] ?? 'mail', delay: 'PT5M' }])}
              >
                {t('rules.add')}
              </Button>
            </div>
          )}
        </>
      )}
      <FieldError>{rules?.length ? undefined : errors.at('notificationRules')}</FieldError>
    </div>
  );
}
