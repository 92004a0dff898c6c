import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useArticleChange } from '../api/articles.ts';
import { fieldErrors } from '../api/field-errors.ts';
import type { Article } from '../api/types.ts';
import { type Language, languages } from '../i18n/setup.ts';
import { EditorFoot } from '../ui/editor-foot.tsx';
import page from '../ui/list-page.module.css';

interface EditorProps {
  /** None for a new one. */
  readonly article: Article | undefined;
  /** Told which to show now. */
  readonly onDone: (id: string | null) => void;
}

export function ArticleEditor({ article, onDone }: EditorProps) {
  const { t, i18n } = useTranslation('articles');
  const change = useArticleChange();
  const stored = {
    title: article?.title ?? '',
    url: article?.url ?? '',
    language: article?.language ?? (i18n.language as Language),
    body: article?.body ?? '',
  };
  const [given, setGiven] = useState(stored);
  const set = (part: Partial<typeof given>): void => {
    change.reset();
    setGiven({ ...given, ...part });
  };
  const { of, whole } = fieldErrors(change.error, ['title', 'url', 'language', 'body']);
  const changed = JSON.stringify(given) !== JSON.stringify(stored);
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    const fields = { ...given, title: given.title.trim(), url: given.url.trim() };
    change.mutate(article === undefined ? { add: fields } : { id: article.id, patch: fields }, {
      onSuccess: (answer) => onDone(answer?.id ?? null),
    });
  };
  const remove = (id: string): void => {
    change.mutate({ id, remove: true }, { onSuccess: () => onDone(null) });
  };
  return (
    <form className={page.form} onSubmit={save} aria-label={article?.title ?? t('new')}>
      <TextInput
        required
        label={t('name')}
        maxLength={300}
        dir="auto"
        value={given.title}
        error={of('title')}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <TextInput
        required
        type="url"
        label={t('url')}
        description={t('urlHint')}
        placeholder="https://"
        maxLength={2000}
        value={given.url}
        error={of('url')}
        onChange={(event) => set({ url: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('language')}
        value={given.language}
        error={of('language')}
        onChange={(event) => set({ language: event.currentTarget.value as Language })}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      />
      <Textarea
        label={t('body')}
        description={t('bodyHint')}
        autosize
        minRows={6}
        maxRows={24}
        dir="auto"
        maxLength={100_000}
        value={given.body}
        error={of('body')}
        onChange={(event) => set({ body: event.currentTarget.value })}
      />
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
        complete={given.title.trim() !== '' && given.url.trim() !== ''}
        pending={change.isPending}
        saved={change.isSuccess}
        onDiscard={() => setGiven(stored)}
        onDelete={article && (() => remove(article.id))}
      />
    </form>
  );
}
