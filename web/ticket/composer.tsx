import { Alert, Button, CloseButton, NativeSelect, Textarea } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import type { Message, Ticket } from '../api/types.ts';
import { Icon } from '../shell/icons.tsx';
import { useShortcut } from '../shell/shortcuts.tsx';
import styles from './composer.module.css';
import { type Draft, type MessageKind, useDraft } from './draft.ts';
import { useAttach } from './use-attach.ts';
import { useSend } from './use-send.ts';

const nextStatuses = ['pending', 'open', 'on-hold', 'solved'] as const;

/** Where an agent answers the customer, or leaves a note for the desk. */
export function Composer({ ticket, messages }: { ticket: Ticket; messages: readonly Message[] }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const state = useDraft(user.id, ticket.id);
  const { draft, change } = state;
  const send = useSend(ticket.id, state);
  const { attach, underWay, problems } = useAttach(state);
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const begin = (kind: MessageKind): void => {
    change({ kind });
    field.current?.focus();
  };
  useShortcut('reply', () => begin('reply'));
  useShortcut('note', () => begin('note'));
  const ready = draft.body.trim() !== '' && underWay === 0 && !send.isPending;
  const submit = (): void => {
    if (ready) send.mutate();
  };
  const paste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attach(event.clipboardData.files);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    // Out of the field, so that single keys are shortcuts again.
    if (event.key === 'Escape') field.current?.blur();
  };
  return (
    <section className={styles.composer} data-kind={draft.kind} aria-label={t('composer.title')}>
      <Unseen draft={draft} messages={messages} me={user.id} />
      <div className={styles.kinds} role="radiogroup" aria-label={t('composer.kind')}>
        {(['reply', 'note'] as const).map((kind) => (
          <label key={kind} className={styles.kind} data-chosen={draft.kind === kind}>
            <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => change({ kind })} />
            {t(`composer.${kind}`)}
          </label>
        ))}
        <span className={styles.hint}>{t(draft.kind === 'note' ? 'composer.noteHint' : 'composer.replyHint')}</span>
      </div>
      <Textarea
        ref={field}
        aria-label={t(`composer.${draft.kind}`)}
        placeholder={t('composer.placeholder')}
        autosize
        minRows={3}
        maxRows={14}
        dir="auto"
        maxLength={200_000}
        readOnly={send.isPending}
        value={draft.body}
        onChange={(event) => {
          const after = draft.body === '' ? (messages.at(-1)?.id ?? null) : draft.after;
          change({ body: event.currentTarget.value, after });
        }}
        onPaste={paste}
        onKeyDown={press}
      />
      <ul className={styles.files}>
        {draft.attachments.map((attachment, i) => (
          <li key={`${attachment.id} ${i}`}>
            <span dir="auto">{attachment.name}</span>
            <CloseButton
              size="xs"
              aria-label={t('composer.remove', { name: attachment.name })}
              onClick={() => change({ attachments: draft.attachments.toSpliced(i, 1) })}
            />
          </li>
        ))}
        {underWay > 0 && <li role="status">{t('composer.uploading', { count: underWay })}</li>}
      </ul>
      {[...problems, ...(send.isError ? [`${t('composer.notSent')} ${problemText(send.error)}`] : [])].map((text) => (
        <Alert key={text} color="red" role="alert" py="xs">
          {text}
        </Alert>
      ))}
      <div className={styles.foot}>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            attach(event.currentTarget.files ?? []);
            event.currentTarget.value = '';
          }}
        />
        <Button variant="subtle" leftSection={<Icon name="clip" size={15} />} onClick={() => files.current?.click()}>
          {t('composer.attach')}
        </Button>
        <span className={styles.space} />
        <NativeSelect
          aria-label={t('composer.status')}
          value={draft.status ?? ''}
          onChange={(event) => change({ status: (event.currentTarget.value || null) as Draft['status'] })}
          data={[
            { value: '', label: t(draft.kind === 'note' ? 'composer.keepStatus' : 'composer.usualStatus') },
            ...nextStatuses.map((value) => ({
              value,
              label: t('composer.andStatus', { status: t(`status.${value}`) }),
            })),
          ]}
        />
        <Button
          onClick={submit}
          disabled={!ready}
          loading={send.isPending}
          color={draft.kind === 'note' ? 'dark' : 'blue'}
        >
          {t(draft.kind === 'note' ? 'composer.addNote' : 'composer.send')}
        </Button>
      </div>
    </section>
  );
}

/** Says what others have written while this was being written, before it is sent in ignorance of it. */
function Unseen({ draft, messages, me }: { draft: Draft; messages: readonly Message[]; me: string }) {
  const { t } = useTranslation();
  if (draft.body === '') return null;
  const known = messages.findIndex(({ id }) => id === draft.after);
  const count = messages.slice(known + 1).filter(({ authorId }) => authorId !== me).length;
  if (count === 0) return null;
  return (
    <p className={styles.unseen} role="status">
      {t('composer.unseen', { count })}
    </p>
  );
}
