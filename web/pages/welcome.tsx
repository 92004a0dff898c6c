import { Alert, Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, problemText } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import type { Session } from '../api/types.ts';
import { Outside } from './outside.tsx';
import styles from './outside.module.css';

const route = getRouteApi('/welcome/$token');
const shortest = 12;
const longest = 256;

/** Behind an invitation: whoever was invited sets a password, and is signed in. */
export function WelcomePage() {
  const { t } = useTranslation();
  const { token } = route.useParams();
  const path = `/v1/invitations/${encodeURIComponent(token)}`;
  const router = useRouter();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call<{ name: string; email: string }>('GET', path, { signal }),
  });
  const accept = useMutation({
    mutationKey: ['sign-in'],
    mutationFn: () => call<Session>('POST', path, { body: { password } }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      router.history.replace('/');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate();
  };
  if (invitation.isError) {
    return (
      <Outside title={t('welcome.invalid')}>
        <p role="alert">{problemText(invitation.error)}</p>
        <p>{t('welcome.askAgain')}</p>
      </Outside>
    );
  }
  return (
    <Outside title={t('welcome.title', { name: invitation.data?.name ?? '' })}>
      <form className={styles.form} onSubmit={submit}>
        {accept.isError && (
          <Alert color="red" role="alert">
            {problemText(accept.error)}
          </Alert>
        )}
        {/* For the browser's store of passwords. */}
        <input type="hidden" name="username" autoComplete="username" value={invitation.data?.email ?? ''} />
        <PasswordInput
          label={t('welcome.password')}
          description={t('welcome.rule', { shortest })}
          name="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={shortest}
          maxLength={longest}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
        />
        <Button type="submit" size="sm" loading={accept.isPending} disabled={!invitation.isSuccess}>
          {t('welcome.submit')}
        </Button>
      </form>
    </Outside>
  );
}
