import { Alert, Button, CloseButton, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '../api/field-errors.ts';
import { useMay } from '../api/session.ts';
import type { Ticket } from '../api/types.ts';
import { useTicketCommand, withKey } from './commands.ts';
import styles from './ticket.module.css';

/** What the ticket waits for in other trackers. */
export function Bugs({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const mayWork = useMay('work') && ticket.status !== 'closed';
  const tell = useTicketCommand(ticket.id);
  const [adding, setAdding] = useState(false);
  const { linkedBugs } = ticket;
  if (linkedBugs.length === 0 && !mayWork) return null;
  return (
    <section className={styles.panel} aria-labelledby="bugs">
      <h2 id="bugs">{t('bugs.title')}</h2>
      <ul className={styles.plain}>
        {linkedBugs.map(({ url, title }) => (
          <li key={url} className={styles.bug}>
            <a href={url} target="_blank" rel="noreferrer" dir="auto">
              {title ?? url}
            </a>
            {mayWork && (
              <CloseButton
                size="xs"
                aria-label={t('bugs.unlink', { bug: title ?? url })}
                disabled={tell.isPending}
                onClick={() => tell.mutate(withKey({ name: 'unlink-bug', body: { url } }))}
              />
            )}
          </li>
        ))}
      </ul>
      {adding ? (
        <LinkBug ticket={ticket} onDone={() => setAdding(false)} />
      ) : (
        mayWork && (
          <Button variant="subtle" px={0} onClick={() => setAdding(true)}>
            {t('bugs.link')}
          </Button>
        )
      )}
    </section>
  );
}

function LinkBug({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation();
  const tell = useTicketCommand(ticket.id);
  const [url, setUrl] = useState('');
  const [title, setTitle] = useState('');
  const { of, whole } = fieldErrors(tell.error, ['url', 'title']);
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    const named = title.trim();
    const body = { url: url.trim(), ...(named !== '' && { title: named }) };
    tell.mutate(withKey({ name: 'link-bug', body }), { onSuccess: onDone });
  };
  return (
    <form onSubmit={save} className={styles.annotation} aria-label={t('bugs.link')}>
      <TextInput
        autoFocus
        required
        type="url"
        size="xs"
        label={t('bugs.url')}
        placeholder="https://"
        maxLength={2000}
        value={url}
        error={of('url')}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        label={t('bugs.name')}
        dir="auto"
        maxLength={300}
        value={title}
        error={of('title')}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {whole !== undefined && (
        <Alert color="red" role="alert" py="xs">
          {whole}
        </Alert>
      )}
      <div className={styles.actions}>
        <Button type="submit" disabled={url.trim() === ''} loading={tell.isPending}>
          {t('bugs.add')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('bugs.cancel')}
        </Button>
      </div>
    </form>
  );
}
