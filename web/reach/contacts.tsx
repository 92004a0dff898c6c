import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '../admin/ui/field-errors.ts';
import { FieldError } from '../admin/ui/edit-form.tsx';
import { type Contact, contactTypes, examples } from './reach.ts';
import styles from './reach.module.css';

interface ContactsProps {
  readonly contacts: readonly Contact[];
  readonly onChange: (contacts: Contact[]) => void;
  readonly errors: FieldErrors;
  /** Types that may not be added here. */
  readonly without?: readonly Contact['type'][];
}

/** Where somebody can be paged, one line each. */
export function Contacts({ contacts, onChange, errors, without = [] }: ContactsProps) {
  const { t } = useTranslation('settings');
  const group = useRef<HTMLDivElement>(null);
  const put = (i: number, part: Partial<Contact>): void =>
    onChange(contacts.map((contact, at) => (at === i ? { ...contact, ...part } : contact)));
  return (
    <div ref={group} tabIndex={-1} className={styles.lines} role="group" aria-label={t('contacts.title')}>
      {contacts.length === 0 && <p className={styles.none}>⚠ {t('contacts.none')}</p>}
      {contacts.map(({ type, address }, i) => (
        <div key={i} className={styles.contact}>
          <NativeSelect
            size="sm"
            aria-label={t('contacts.type', { number: i + 1 })}
            value={type}
            onChange={(event) => put(i, { type: event.currentTarget.value as Contact['type'] })}
            data={contactTypes
              .filter((choice) => choice === type || !without.includes(choice))
              .map((value) => ({ value, label: t(`contacts.types.${value}`) }))}
          />
          <TextInput
            aria-label={t('contacts.address', { number: i + 1 })}
            placeholder={examples[type]}
            value={address}
            maxLength={2000}
            error={errors.at(`contacts.${i}`)}
            onChange={(event) => put(i, { address: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('contacts.remove', { number: i + 1 })}
            onClick={() => {
              onChange(contacts.filter((_, at) => at !== i));
              // The button that had the focus is gone.
              group.current?.focus();
            }}
          >
            ×
          </ActionIcon>
        </div>
      ))}
      {contacts.length < 20 && (
        <div>
          <Button variant="default" onClick={() => onChange([...contacts, { type: 'mail', address: '' }])}>
            {t('contacts.add')}
          </Button>
        </div>
      )}
      <FieldError>{contacts.length === 0 ? errors.at('contacts') : undefined}</FieldError>
    </div>
  );
}
