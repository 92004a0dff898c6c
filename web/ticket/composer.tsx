import { Alert, Button, CloseButton, NativeSelect, Textarea } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/client.ts';
import { useMay, useSession } from '../api/session.ts';
import type { Message, SuggestedArticle, Ticket } from '../api/types.ts';
import { Icon } from '../shell/icons.tsx';
import { useShortcut } from '../shell/shortcuts.tsx';
import type { Choice } from '../ui/chooser.tsx';
import styles from './composer.module.css';
import { type Draft, type MessageKind, useDraft } from './draft.ts';
import { insertText } from './insert.ts';
import { type Trigger, triggerAt } from './trigger.ts';
import { colleaguesOf, unseenIn } from './unseen.ts';
import { useAttach } from './use-attach.ts';
import { useMacro } from './use-macro.ts';
import { useSend } from './use-send.ts';

const ArticleDialog = lazy(() =>
  import('../articles/article-dialog.tsx').then((it) => ({ default: it.ArticleDialog })),
);
const ArticleSuggestions = lazy(() =>
  import('../articles/suggestions.tsx').then((it) => ({ default: it.ArticleSuggestions })),
);
const AskFirst = lazy(() => import('./ask-first.tsx').then((it) => ({ default: it.AskFirst })));
const Completion = lazy(() => import('./completion.tsx').then((it) => ({ default: it.Completion })));
const MacroDialog = lazy(() => import('../macros/macro-dialog.tsx').then((it) => ({ default: it.MacroDialog })));
const PendingActions = lazy(() =>
  import('../macros/pending-actions.tsx').then((it) => ({ default: it.PendingActions })),
);

const nextStatuses = ['pending', 'open', 'on-hold', 'solved'] as const;

interface ComposerProps {
  readonly ticket: Ticket;
  readonly messages: readonly Message[];
  /** Told whenever something was typed. */
  readonly onType: () => void;
}

/** Where an agent answers the customer, or leaves a note for the desk; trainees leave notes alone. */
export function Composer({ ticket, messages, onType }: ComposerProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const mayReply = useMay('work');
  const state = useDraft(user.id, ticket.id);
  const { change } = state;
  const draft: Draft = mayReply ? state.draft : { ...state.draft, kind: 'note', status: null, actions: {} };
  const kinds: readonly MessageKind[] = mayReply ? ['reply', 'note'] : ['note'];
  const send = useSend(ticket, { ...state, draft });
  const { attach, underWay, problems } = useAttach(state);
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const macro = useMacro(ticket.id, state, field);
  const [picking, setPicking] = useState<'macro' | 'article' | null>(null);
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  /** Where a list was left as it was: behind that sign none comes again. */
  const [dismissed, setDismissed] = useState<number | null>(null);
  const unseen = unseenIn(draft, messages, user.id);
  const colleagues = colleaguesOf(unseen);
  const lastId = messages.at(-1)?.id ?? null;
  /** The last message there was when it was asked whether to send all the same. */
  const [asked, setAsked] = useState<string | null>(null);
  const begin = (kind: MessageKind): void => {
    change({ kind });
    field.current?.focus();
  };
  useShortcut('reply', () => begin(mayReply ? 'reply' : 'note'));
  useShortcut('note', () => begin('note'));
  const ready = draft.body.trim() !== '' && underWay === 0 && !send.isPending && !macro.isPending;
  const submit = (): void => {
    if (!ready) return;
    if (colleagues.length > 0 && asked !== lastId) return setAsked(lastId);
    send.mutate();
  };
  const paste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attach(event.clipboardData.files);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat) submit();
    // Out of the field, so that single keys are shortcuts again.
    if (event.key === 'Escape') field.current?.blur();
  };
  const look = (element: HTMLTextAreaElement): void => {
    const { value, selectionStart, selectionEnd } = element;
    const signs = [...(mayReply ? (['/'] as const) : []), ...(draft.kind === 'note' ? (['@'] as const) : [])];
    const found = selectionStart === selectionEnd ? triggerAt(value, selectionStart, signs) : null;
    if (found?.start !== dismissed) setDismissed(null);
    setTrigger(found);
  };
  const pick = ({ sign, start }: Trigger, { id, label }: Choice): void => {
    if (field.current === null) return;
    insertText(field.current, sign === '@' ? `@${label} ` : '', start);
    setTrigger(null);
    if (sign === '/') macro.mutate(id);
  };
  const refer = ({ title, url }: SuggestedArticle): void => {
    if (field.current !== null) insertText(field.current, `${title}\n${url}`);
  };
  const errors = [
    ...problems,
    ...(macro.isError ? [problemText(macro.error)] : []),
    ...(send.isError ? [`${t('composer.notSent')} ${problemText(send.error)}`] : []),
  ];
  return (
    <section className={styles.composer} data-kind={draft.kind} aria-label={t('composer.title')}>
      {unseen.length > 0 && (
        <p className={styles.unseen} role="status">
          {t('composer.unseen', { count: unseen.length })}
        </p>
      )}
      <div className={styles.kinds} role="radiogroup" aria-label={t('composer.kind')}>
        {kinds.map((kind) => (
          <label key={kind} className={styles.kind} data-chosen={draft.kind === kind}>
            <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => change({ kind })} />
            {t(`composer.${kind}`)}
          </label>
        ))}
        <span className={styles.hint}>{t(draft.kind === 'note' ? 'composer.noteHint' : 'composer.replyHint')}</span>
      </div>
      <div className={styles.field}>
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
            const after = draft.body === '' ? lastId : draft.after;
            change({ body: event.currentTarget.value, after });
            look(event.currentTarget);
            onType();
          }}
          onSelect={(event) => {
            if (trigger !== null) look(event.currentTarget);
          }}
          onBlur={() => setTrigger(null)}
          onPaste={paste}
          onKeyDown={press}
        />
        <Suspense>
          {trigger !== null && trigger.start !== dismissed && field.current !== null && (
            <Completion
              trigger={trigger}
              field={field.current}
              onPick={pick}
              onDismiss={({ start }) => setDismissed(start)}
            />
          )}
        </Suspense>
      </div>
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
      <Suspense>
        {Object.keys(draft.actions).length > 0 && (
          <PendingActions
            actions={draft.actions}
            onRemove={(gone) => {
              const left = Object.entries(draft.actions).filter(([name]) => name !== gone);
              change({ actions: Object.fromEntries(left) });
            }}
          />
        )}
        {colleagues.length > 0 && asked === lastId && !send.isPending && (
          <AskFirst ticket={ticket} messages={colleagues} onSend={submit} />
        )}
      </Suspense>
      {errors.map((text) => (
        <Alert key={text} color="red" role="alert" py="xs">
          {text}
        </Alert>
      ))}
      <Suspense>
        {mayReply && draft.kind === 'reply' && <ArticleSuggestions ticket={ticket} onChoose={refer} />}
      </Suspense>
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
        {mayReply && (
          <Button variant="subtle" loading={macro.isPending} onClick={() => setPicking('macro')}>
            {t('composer.macros')}
          </Button>
        )}
        {mayReply && (
          <Button variant="subtle" onClick={() => setPicking('article')}>
            {t('composer.articles')}
          </Button>
        )}
        <span className={styles.space} />
        {mayReply && (
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
        )}
        <Button
          onClick={submit}
          disabled={!ready}
          loading={send.isPending}
          color={draft.kind === 'note' ? 'dark' : 'blue'}
        >
          {t(draft.kind === 'note' ? 'composer.addNote' : 'composer.send')}
        </Button>
      </div>
      <Suspense>
        {picking === 'macro' && <MacroDialog onChoose={(id) => macro.mutate(id)} onClose={() => setPicking(null)} />}
        {picking === 'article' && <ArticleDialog ticket={ticket} onChoose={refer} onClose={() => setPicking(null)} />}
      </Suspense>
    </section>
  );
}
