import { Alert, Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../admin/ui/edit-form.tsx';
import { fieldErrors } from '../admin/ui/field-errors.ts';
import { useSession } from '../api/session.ts';
import { changePassword, sessionsQuery } from '../api/settings.ts';
import styles from './settings.module.css';

const shortest = 12;
const longest = 256;

/** One's own password, by the one before. */
export function Password() {
  const { t } = useTranslation(['settings', 'desk']);
  const { user } = useSession();
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const change = useMutation({
    mutationFn: () => changePassword({ current, new: wanted }),
    onSuccess: () => {
      setCurrent('');
      setWanted('');
      void client.invalidateQueries(sessionsQuery);
    },
  });
  const errors = fieldErrors(change.error, ['current', 'new']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  const show = { 'aria-label': t('desk:signIn.showPassword'), tabIndex: 0 };
  return (
    <Section title={t('password.title')} hint={t('password.hint')}>
      <form className={styles.form} onSubmit={submit}>
        {/* For the browser's store of passwords. */}
        <input type="hidden" name="username" autoComplete="username" value={user.email} />
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          maxLength={longest}
          value={current}
          error={errors.at('current')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={show}
        />
        <PasswordInput
          label={t('password.new')}
          description={t('desk:welcome.rule', { shortest })}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={shortest}
          maxLength={longest}
          value={wanted}
          error={errors.at('new')}
          onChange={(event) => setWanted(event.currentTarget.value)}
          visibilityToggleButtonProps={show}
        />
        {errors.rest !== null && (
          <Alert color="red" role="alert" py="xs">
            {errors.rest}
          </Alert>
        )}
        <Button type="submit" variant="default" loading={change.isPending}>
          {t('password.submit')}
        </Button>
        <span role="status">{change.isSuccess && t('password.changed')}</span>
      </form>
    </Section>
  );
}
