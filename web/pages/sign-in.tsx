import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';
import { sessionQuery, signIn, signInMethodsQuery } from '../api/session.ts';
import { Outside } from './outside.tsx';
import styles from './outside.module.css';

const route = getRouteApi('/sign-in');

/** By password, with the code of the second factor once it is asked for, or by single sign-on. */
export function SignInPage() {
  const { t } = useTranslation();
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const { data: methods } = useQuery(signInMethodsQuery);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [codeAsked, setCodeAsked] = useState(false);
  const attempt = useMutation({
    mutationKey: ['sign-in'],
    mutationFn: signIn,
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      router.history.replace(next ?? '/');
    },
    onError: (error) => {
      if (is(error, 'second-factor-needed')) setCodeAsked(true);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    attempt.mutate({ email, password, ...(codeAsked && { code: code.replaceAll(' ', '') }) });
  };
  const failed = attempt.isError && !(is(attempt.error, 'second-factor-needed') && code === '');
  return (
    <Outside title={t('signIn.title')}>
      <form className={styles.form} onSubmit={submit}>
        {failed && (
          <Alert color="red" role="alert">
            {is(attempt.error, 'sign-in-failed') ? t('signIn.failed') : attempt.error.message}
          </Alert>
        )}
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
        />
        {codeAsked && (
          <TextInput
            label={t('signIn.code')}
            description={t('signIn.codeHint')}
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            withAsterisk={false}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <Button type="submit" size="sm" loading={attempt.isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
      {methods?.sso && (
        <>
          <p className={styles.or}>{t('signIn.or')}</p>
          <Button component="a" href={methods.sso.url} variant="default" size="sm" fullWidth>
            {t('signIn.sso', { name: methods.sso.name })}
          </Button>
        </>
      )}
    </Outside>
  );
}

function is(error: unknown, type: string): boolean {
  return error instanceof ApiProblem && error.type.endsWith(type);
}
