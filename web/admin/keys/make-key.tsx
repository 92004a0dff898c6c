import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiKeysQuery, makeApiKey } from '../../api/keys.ts';
import { usePeople } from '../../api/people.ts';
import type { NewApiKey } from '../../api/types.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { dayOf, startOf } from '../ui/day.ts';
import { fieldErrors } from '../ui/field-errors.ts';
import { Secret } from '../ui/secret.tsx';
import styles from '../ui/ui.module.css';

const roles = ['admin', 'manager', 'agent', 'intake', 'read-only'] as const;

/** A new key, which is shown as long as the dialog is, and never again. */
export function MakeKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const { users } = usePeople();
  const [fields, setFields] = useState<NewApiKey>({ name: '', role: 'intake', user: null, expiresAt: null });
  const set = (part: Partial<NewApiKey>): void => setFields((before) => ({ ...before, ...part }));
  const make = useMutation({
    mutationFn: () => makeApiKey(fields),
    onSuccess: () => client.invalidateQueries(apiKeysQuery),
  });
  const errors = fieldErrors(make.error, ['name', 'role', 'user', 'expiresAt']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  if (make.data?.key !== undefined) {
    return (
      <Dialog title={t('keys.madeTitle', { name: make.data.name })} onClose={onClose}>
        <Secret label={t('keys.key')} value={make.data.key} hint={t('secret.once')} />
        <div className={styles.actions}>
          <Button onClick={onClose}>{t('form.done')}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('keys.make')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('people.col.name')}
          description={t('keys.nameHint')}
          required
          withAsterisk={false}
          maxLength={200}
          value={fields.name}
          error={errors.at('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <NativeSelect
          size="sm"
          label={t('people.col.role')}
          description={t(`keys.roleHint.${fields.role}`)}
          value={fields.role}
          error={errors.at('role')}
          onChange={(event) => set({ role: event.currentTarget.value as NewApiKey['role'] })}
          data={roles.map((value) => ({ value, label: t(`keys.role.${value}`) }))}
        />
        <NativeSelect
          size="sm"
          label={t('keys.person')}
          description={t('keys.personHint')}
          value={fields.user ?? ''}
          error={errors.at('user')}
          onChange={(event) => set({ user: event.currentTarget.value === '' ? null : event.currentTarget.value })}
          data={[
            { value: '', label: t('keys.nobody') },
            ...users.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextInput
          type="date"
          label={t('keys.expires')}
          description={t('keys.expiresHint')}
          value={dayOf(fields.expiresAt ?? null)}
          error={errors.at('expiresAt')}
          onChange={(event) => set({ expiresAt: startOf(event.currentTarget.value) })}
        />
        {errors.rest !== null && (
          <Alert color="red" role="alert" py="xs">
            {errors.rest}
          </Alert>
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('keys.make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
