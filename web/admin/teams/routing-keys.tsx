import { Alert, Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteRoutingKey, makeRoutingKey, routingKeysQuery } from '../../api/keys.ts';
import type { RoutingKey } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { Failed } from '../../shell/page-error.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Section } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import { Secret } from '../ui/secret.tsx';
import styles from '../ui/ui.module.css';

/** What lets monitoring systems open incidents of a team. */
export function RoutingKeys({ team }: { team: string }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...routingKeysQuery, refetchOnMount: 'always' });
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () => makeRoutingKey({ name, team }),
    onSuccess: () => {
      setName('');
      return client.invalidateQueries(routingKeysQuery);
    },
  });
  const errors = fieldErrors(make.error, ['name']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  const own = data?.filter((key) => key.team === team) ?? [];
  return (
    <Section title={t('routing.title')} hint={t('routing.hint', { url: `${window.location.origin}/v2/enqueue` })}>
      {data === undefined && error !== null && <Failed error={error} retry={() => void refetch()} />}
      {own.length > 0 && (
        <ul className={styles.rows}>
          {own.map((key) => (
            <Key key={key.id} routingKey={key} />
          ))}
        </ul>
      )}
      <form className={styles.inline} onSubmit={submit}>
        <TextInput
          label={t('routing.name')}
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={errors.at('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" size="sm" loading={make.isPending}>
          {t('routing.make')}
        </Button>
      </form>
      {errors.rest !== null && (
        <Alert color="red" role="alert" py="xs">
          {errors.rest}
        </Alert>
      )}
      {make.data?.key !== undefined && (
        <Secret
          key={make.data.id}
          label={t('routing.made', { name: make.data.name })}
          value={make.data.key}
          hint={t('secret.once')}
        />
      )}
    </Section>
  );
}

function Key({ routingKey: { id, name, createdAt } }: { routingKey: RoutingKey }) {
  const { t } = useTranslation('admin');
  const { moment } = useFormats();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteRoutingKey(id),
    onSuccess: () => client.invalidateQueries(routingKeysQuery),
  });
  return (
    <li>
      <span>
        <span dir="auto">{name}</span> <span className={styles.dim}>{t('keys.since', { at: moment(createdAt) })}</span>
      </span>
      <Confirm
        label={t('form.delete')}
        ariaLabel={t('form.deleteOf', { name })}
        title={t('routing.deleteSure', { name })}
        action={remove}
      >
        <p>{t('routing.deleteHint')}</p>
      </Confirm>
    </li>
  );
}
