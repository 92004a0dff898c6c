import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../api/client.ts';
import { invitationQuery, invite, signInsQuery } from '../../api/desk-people.ts';
import { useMay } from '../../api/session.ts';
import type { SignInState, User } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Section } from '../ui/edit-form.tsx';
import { Secret } from '../ui/secret.tsx';
import { worksHere } from './person-state.tsx';

/** How a person gets in: how it stands, and the invitation by which they set a password. */
export function Access({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const { moment } = useFormats();
  const client = useQueryClient();
  const mayInvite = useMay('administer') && worksHere(user);
  const { data: states } = useQuery({ ...signInsQuery, refetchOnMount: 'always' });
  const state = states?.find((one) => one.user === user.id);
  const { data: made } = useQuery(invitationQuery(user.id));
  const send = useMutation({
    mutationFn: () => invite(user.id),
    onSuccess: (invitation) => {
      client.setQueryData(invitationQuery(user.id).queryKey, invitation);
      void client.invalidateQueries(signInsQuery);
    },
  });
  const again = state?.canSignIn === true;
  return (
    <Section title={t('access.title')}>
      <p>{state === undefined ? '…' : <StateText state={state} />}</p>
      {made && (
        <Secret
          label={t('access.link')}
          value={made.url}
          hint={t('access.linkHint', { name: user.name, until: moment(made.expiresAt) })}
        />
      )}
      {mayInvite ? (
        again ? (
          <Confirm label={t('access.again')} title={t('access.again')} action={send} danger={false}>
            <p>{t('access.againHint', { name: user.name })}</p>
          </Confirm>
        ) : (
          <>
            <Button variant="default" mt="xs" loading={send.isPending} onClick={() => send.mutate()}>
              {state?.invitedUntil ? t('access.again') : t('access.invite')}
            </Button>
            {send.isError && (
              <Alert color="red" role="alert" py="xs" mt="xs">
                {problemText(send.error)}
              </Alert>
            )}
          </>
        )
      ) : (
        worksHere(user) && <p>{t('access.byAdmin')}</p>
      )}
    </Section>
  );
}

function StateText({ state }: { state: SignInState }) {
  const { t } = useTranslation('admin');
  const { moment } = useFormats();
  const { canSignIn, secondFactor, lastUsedAt, invitedUntil } = state;
  const parts = canSignIn
    ? [
        lastUsedAt === null ? t('access.notSignedIn') : t('access.lastSeen', { at: moment(lastUsedAt) }),
        secondFactor ? t('access.secondFactor') : t('access.noSecondFactor'),
      ]
    : [t('access.never')];
  if (invitedUntil !== null) parts.push(t('access.invitedUntil', { until: moment(invitedUntil) }));
  return parts.join(' · ');
}
