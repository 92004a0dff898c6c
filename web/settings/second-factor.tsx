import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../admin/ui/edit-form.tsx';
import { fieldErrors } from '../admin/ui/field-errors.ts';
import { sessionQuery, useSession } from '../api/session.ts';
import { beginSecondFactor, type BegunSecondFactor, confirmSecondFactor, removeSecondFactor } from '../api/settings.ts';
import styles from './settings.module.css';

const QrCode = lazy(() => import('./qr-code.tsx').then(({ QrCode }) => ({ default: QrCode })));

/** A code of an app beside the password: on, off, and what is needed on the way. */
export function SecondFactor() {
  const { t } = useTranslation('settings');
  const { secondFactor } = useSession();
  const client = useQueryClient();
  const [begun, setBegun] = useState<BegunSecondFactor | null>(null);
  const [done, setDone] = useState<'on' | 'off' | null>(null);
  const finish = async (state: 'on' | 'off'): Promise<void> => {
    await client.invalidateQueries(sessionQuery);
    setBegun(null);
    setDone(state);
  };
  return (
    <Section title={t('factor.title')} hint={t('factor.hint')}>
      <p role="status">
        {secondFactor ? `✓ ${t('factor.isOn')}` : t('factor.isOff')}
        {done !== null && ` ${t(`factor.done.${done}`)}`}
      </p>
      {begun !== null ? (
        <Confirmation begun={begun} onDone={() => finish('on')} onCancel={() => setBegun(null)} />
      ) : secondFactor ? (
        <ByPassword
          key="off"
          label={t('factor.remove')}
          action={removeSecondFactor}
          onDone={() => void finish('off')}
        />
      ) : (
        <ByPassword
          key="on"
          label={t('factor.begin')}
          action={beginSecondFactor}
          onDone={(result) => {
            setDone(null);
            setBegun(result);
          }}
        />
      )}
    </Section>
  );
}

interface ByPasswordProps<T> {
  readonly label: string;
  readonly action: (password: string) => Promise<T>;
  readonly onDone: (result: T) => void;
}

function ByPassword<T>({ label, action, onDone }: ByPasswordProps<T>) {
  const { t } = useTranslation(['settings', 'desk']);
  const [password, setPassword] = useState('');
  const run = useMutation({ mutationFn: action, onSuccess: onDone });
  const errors = fieldErrors(run.error, ['password']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    run.mutate(password);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <PasswordInput
        label={t('factor.password')}
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        error={errors.at('password')}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('desk:signIn.showPassword'), tabIndex: 0 }}
      />
      {errors.rest !== null && (
        <Alert color="red" role="alert" py="xs">
          {errors.rest}
        </Alert>
      )}
      <Button type="submit" variant="default" loading={run.isPending}>
        {label}
      </Button>
    </form>
  );
}

interface ConfirmationProps {
  readonly begun: BegunSecondFactor;
  readonly onDone: () => Promise<void>;
  readonly onCancel: () => void;
}

/** The app reads the secret, and shows by a code that it has. */
function Confirmation({ begun, onDone, onCancel }: ConfirmationProps) {
  const { t } = useTranslation(['settings', 'admin']);
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => confirmSecondFactor(code.replaceAll(/\s/g, '')),
    onSuccess: onDone,
  });
  const errors = fieldErrors(confirm.error, ['code']);
  const secret = new URL(begun.uri).searchParams.get('secret') ?? '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>{t('factor.scan')}</p>
      <Suspense>
        <QrCode text={begun.uri} label={t('factor.qr')} className={styles.qr} />
      </Suspense>
      <p>
        {t('factor.secret')} <span className={styles.secret}>{secret.match(/.{1,4}/g)?.join(' ')}</span>
      </p>
      <section aria-labelledby="backup-codes">
        <strong id="backup-codes">{t('factor.backup')}</strong>
        <p>{t('factor.backupHint')}</p>
        <ol className={styles.codes}>
          {begun.backupCodes.map((backup) => (
            <li key={backup}>{backup}</li>
          ))}
        </ol>
      </section>
      <TextInput
        label={t('factor.code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        required
        withAsterisk={false}
        maxLength={40}
        value={code}
        error={errors.at('code')}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {errors.rest !== null && (
        <Alert color="red" role="alert" py="xs">
          {errors.rest}
        </Alert>
      )}
      <div>
        <Button type="submit" loading={confirm.isPending}>
          {t('factor.confirm')}
        </Button>{' '}
        <Button variant="default" onClick={onCancel}>
          {t('admin:form.cancel')}
        </Button>
      </div>
    </form>
  );
}
