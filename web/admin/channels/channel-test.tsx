import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { testChannel } from '../../api/channels.ts';
import { meQuery } from '../../api/settings.ts';
import type { Channel, ChannelTest } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { examples } from '../../reach/reach.ts';
import { isoMilliseconds } from '../ui/duration-text.ts';
import { fieldErrors } from '../ui/field-errors.ts';
import styles from './channels.module.css';

interface ChannelTestFormProps {
  readonly channel: Channel['channel'];
  readonly variables: Channel['variables'];
}

/** Sends a message to oneself or somebody else, and says what came of it. */
export function ChannelTestForm({ channel, variables }: ChannelTestFormProps) {
  const { t } = useTranslation('channels');
  const { data: me } = useQuery(meQuery);
  const own = (me?.contacts ?? []).flatMap(({ type, address }) =>
    type === channel && address !== null ? address : [],
  );
  /** Of one's own; null: another one. */
  const [chosen, setChosen] = useState<string | null | undefined>();
  const [typed, setTyped] = useState('');
  const of = chosen === undefined ? (own[0] ?? null) : chosen;
  const test = useMutation({ mutationFn: (address: string) => testChannel(channel, address) });
  const errors = fieldErrors(test.error, ['address']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    test.mutate(of ?? typed.trim());
  };
  return (
    <form className={styles.test} onSubmit={submit}>
      {own.length > 0 && (
        <NativeSelect
          label={t('test.to')}
          value={of ?? ''}
          onChange={(event) => {
            test.reset();
            setChosen(event.currentTarget.value === '' ? null : event.currentTarget.value);
          }}
          data={[
            ...own.map((address) => ({ value: address, label: address })),
            { value: '', label: t('test.another') },
          ]}
        />
      )}
      {of === null && (
        <TextInput
          label={own.length > 0 ? t('test.address') : t('test.to')}
          required
          withAsterisk={false}
          maxLength={2000}
          placeholder={examples[channel]}
          value={typed}
          error={errors.at('address')}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Button type="submit" variant="default" size="sm" loading={test.isPending}>
        {t(channel === 'voice' ? 'test.call' : 'test.send')}
      </Button>
      <div role="status" className={styles.outcome}>
        {test.isPending && t('test.underWay')}
        {test.data && <Outcome test={test.data} channel={channel} variables={variables} />}
      </div>
      {errors.rest !== null && (
        <Alert color="red" role="alert" py="xs" className={styles.outcome}>
          {errors.rest}
        </Alert>
      )}
    </form>
  );
}

interface OutcomeProps extends ChannelTestFormProps {
  readonly test: ChannelTest;
}

function Outcome({ test: { outcome, answer, trouble, retryAfter }, channel, variables }: OutcomeProps) {
  const { t } = useTranslation('channels');
  const { duration } = useFormats();
  if (outcome === 'accepted' || trouble === null) {
    return (
      <Alert color="green" py="xs">
        ✓ {t('test.accepted')} <span dir="auto">{answer}</span>
      </Alert>
    );
  }
  const needed = variables.filter((variable) => variable.needed).map(({ name }) => name);
  const wait = retryAfter === null ? undefined : isoMilliseconds(retryAfter);
  return (
    <Alert color="red" py="xs">
      <p className={styles.line}>
        ✗ {t('test.failed')} <span dir="auto">{answer}</span>
      </p>
      <p className={styles.line}>
        {trouble === 'credentials' && channel === 'webhook'
          ? t('trouble.signature')
          : trouble === 'credentials' && needed.length > 0
            ? t('trouble.credentials', { variables: needed.join(', ') })
            : trouble === 'credentials'
              ? t('trouble.address')
              : trouble === 'sender'
                ? t('trouble.sender', { variable: senderOf(channel) })
                : t(`trouble.${trouble}`)}{' '}
        {wait !== undefined && t('test.again', { time: duration(wait) })}
      </p>
    </Alert>
  );
}

function senderOf(channel: Channel['channel']): string {
  return channel === 'mail' ? 'VIGIL_MAIL_FROM' : 'VIGIL_TWILIO_FROM';
}
