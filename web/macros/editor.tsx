import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '../api/field-errors.ts';
import { useMacroChange } from '../api/macros.ts';
import { useMay } from '../api/session.ts';
import type { Macro } from '../api/types.ts';
import { insertText } from '../ticket/insert.ts';
import { ActionFields } from './action-fields.tsx';
import styles from './macros.module.css';
import { EditorFoot } from '../ui/editor-foot.tsx';
import page from '../ui/list-page.module.css';

const placeholders = [
  'ticket.requester.name',
  'ticket.requester.email',
  'ticket.id',
  'ticket.subject',
  'ticket.channel',
  'agent.name',
  'agent.email',
] as const;

interface MacroEditorProps {
  /** None for a new one. */
  readonly macro: Macro | undefined;
  /** Told which to show now. */
  readonly onDone: (id: string | null) => void;
}

export function MacroEditor({ macro, onDone }: MacroEditorProps) {
  const { t } = useTranslation('macros');
  const mayShare = useMay('configure');
  const change = useMacroChange();
  const field = useRef<HTMLTextAreaElement>(null);
  const stored = {
    name: macro?.name ?? '',
    body: macro?.body ?? '',
    shared: macro?.shared ?? false,
    actions: macro?.actions ?? {},
  };
  const [given, setGiven] = useState(stored);
  const set = (part: Partial<typeof given>): void => {
    change.reset();
    setGiven({ ...given, ...part });
  };
  const { of, whole } = fieldErrors(change.error, ['name', 'body', 'actions']);
  const changed = JSON.stringify(given) !== JSON.stringify(stored);
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    const fields = { ...given, name: given.name.trim() };
    // Who may not share says nothing of it.
    const { shared, ...own } = fields;
    const body = mayShare ? fields : own;
    change.mutate(macro === undefined ? { add: body } : { id: macro.id, patch: body }, {
      onSuccess: (stored) => onDone(stored?.id ?? null),
    });
  };
  const remove = (id: string): void => {
    change.mutate({ id, remove: true }, { onSuccess: () => onDone(null) });
  };
  return (
    <form className={page.form} onSubmit={save} aria-label={macro?.name ?? t('new')}>
      <TextInput
        required
        label={t('name')}
        maxLength={100}
        value={given.name}
        error={of('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Textarea
        ref={field}
        label={t('body')}
        autosize
        minRows={5}
        maxRows={20}
        dir="auto"
        maxLength={50_000}
        value={given.body}
        error={of('body')}
        onChange={(event) => set({ body: event.currentTarget.value })}
      />
      <div className={styles.placeholders} role="group" aria-label={t('insert')}>
        <span className={page.dimmed}>{t('insert')}</span>
        {placeholders.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            onClick={() => {
              if (field.current !== null) insertText(field.current, `{{${name}}}`);
            }}
          >
            {t(`placeholder.${name}`)}
          </Button>
        ))}
      </div>
      <ActionFields actions={given.actions} onChange={(actions) => set({ actions })} error={of('actions')} />
      {mayShare && (
        <Checkbox
          label={t('shared')}
          checked={given.shared}
          onChange={(event) => set({ shared: event.currentTarget.checked })}
        />
      )}
      <EditorFoot
        words={{
          save: t('save'),
          saved: t('saved'),
          discard: t('discard'),
          delete: t('delete'),
          reallyDelete: t('reallyDelete'),
        }}
        problem={whole}
        changed={changed}
        complete={given.name.trim() !== ''}
        pending={change.isPending}
        saved={change.isSuccess}
        onDiscard={() => setGiven(stored)}
        onDelete={macro && (() => remove(macro.id))}
      />
    </form>
  );
}
