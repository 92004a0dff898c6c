import { Alert, Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/client.ts';
import { mergeTargetsQuery } from '../api/tickets.ts';
import type { Ticket } from '../api/types.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Chooser } from '../ui/chooser.tsx';
import { useTicketCommand, withKey } from './commands.ts';
import styles from './ticket.module.css';

/** Finds the ticket that this one is merged into, and asks once more: it cannot be undone. */
export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation(['merge', 'desk']);
  const navigate = useNavigate();
  const tell = useTicketCommand(ticket.id);
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text, 250);
  const [into, setInto] = useState<Ticket | null>(null);
  const { data, error } = useQuery({ ...mergeTargetsQuery(ticket, words), placeholderData: keepPreviousData });
  const choices = (data ?? []).map((found) => ({
    id: found.id,
    label: found.subject.slice(0, 200).toWellFormed(),
    hint: `${found.reference} · ${found.requester.name} · ${t(`desk:status.${found.status}`)}`,
  }));
  const problem = tell.error ?? error;
  const merge = (target: Ticket): void =>
    tell.mutate(withKey({ name: 'merge', body: { into: target.id } }), {
      onSuccess: () => {
        onClose();
        void navigate({ to: '/tickets/$id', params: { id: target.id } });
      },
    });
  return (
    <Dialog title={t('title', { reference: ticket.reference })} onClose={onClose}>
      {into === null ? (
        <>
          <p className={styles.dimmed}>{t(words === '' ? 'others' : 'found')}</p>
          <Chooser
            label={t('search')}
            placeholder={t('searchHint')}
            choices={choices}
            empty={data === undefined ? '' : t('notFound')}
            onSearch={setText}
            onChoose={(id) => setInto(data?.find((found) => found.id === id) ?? null)}
          />
        </>
      ) : (
        <>
          <p>{t('sure', { from: ticket.reference, into: into.reference })}</p>
          <p>
            <strong dir="auto">{into.subject}</strong>
            <br />
            <span dir="auto">{into.requester.name}</span>
          </p>
          {into.requester.email !== ticket.requester.email && (
            <Alert color="yellow" py="xs">
              {t('otherRequester', { name: into.requester.name })}
            </Alert>
          )}
          <div className={styles.actions}>
            <Button data-autofocus loading={tell.isPending} onClick={() => merge(into)}>
              {t('merge')}
            </Button>
            <Button variant="default" disabled={tell.isPending} onClick={() => setInto(null)}>
              {t('back')}
            </Button>
          </div>
        </>
      )}
      {problem !== null && (
        <Alert color="red" role="alert" py="xs">
          {problemText(problem)}
        </Alert>
      )}
    </Dialog>
  );
}
