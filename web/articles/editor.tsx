import { Alert, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useArticleChange } from '../api/articles.ts';
import { fieldErrors } from '../api/field-errors.ts';
import type { Article } from '../api/types.ts';
import { type Language, languages } from '../i18n/setup.ts';
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
  const [sure, setSure] = useState(false);
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
    if (!sure) return setSure(true);
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
      {whole !== undefined && (
        <Alert color="red" role="alert" py="xs">
          {whole}
        </Alert>
      )}
      <div className={page.foot}>
        <Button
          type="submit"
          loading={change.isPending}
          disabled={!changed || given.title.trim() === '' || given.url.trim() === ''}
        >
          {t('save')}
        </Button>
        {changed && (
          <Button variant="subtle" onClick={() => setGiven(stored)}>
            {t('discard')}
          </Button>
        )}
        {article !== undefined && (
          <Button
            variant={sure ? 'filled' : 'default'}
            color="red"
            onBlur={() => setSure(false)}
            onClick={() => remove(article.id)}
          >
            {t(sure ? 'reallyDelete' : 'delete')}
          </Button>
        )}
        <span role="status">{change.isSuccess && !changed && t('saved')}</span>
      </div>
    </form>
  );
}
