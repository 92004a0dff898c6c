import { Button, Skeleton, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { articleQuery, articlesQuery } from '../api/articles.ts';
import { useMay } from '../api/session.ts';
import styles from '../articles/articles.module.css';
import page from '../ui/list-page.module.css';
import { ArticleEditor } from '../articles/editor.tsx';
import { languages } from '../i18n/setup.ts';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';

/** What customers can read for themselves, and agents are offered to send. */
export function ArticlesPage() {
  const { t } = useTranslation(['articles', 'desk']);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(articlesQuery);
  const mayWork = useMay('work');
  /** An article's id, or `new`; null for the first one. */
  const [chosen, setChosen] = useState<string | null>(null);
  const articles = data?.pages.flatMap((page) => page.data) ?? [];
  const listed = articles.find(({ id }) => id === chosen);
  // A new one may have its place on a page of the list that has not been read.
  const beyond = useQuery({
    ...articleQuery(chosen ?? ''),
    enabled: data !== undefined && chosen !== null && chosen !== 'new' && listed === undefined,
  });
  const article = chosen === 'new' ? undefined : (listed ?? beyond.data ?? articles[0]);
  return (
    <div className={page.page}>
      <header className={page.top}>
        <PageTitle title={t('title')} className={page.title} />
        {mayWork && <Button onClick={() => setChosen('new')}>{t('new')}</Button>}
        <p className={page.dimmed}>{t('hint')}</p>
      </header>
      {data === undefined ? (
        error === null ? (
          <div role="status" aria-label={t('desk:loading')}>
            <Skeleton height={40} mb="xs" />
            <Skeleton height={40} />
          </div>
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )
      ) : (
        <>
          <nav aria-label={t('title')}>
            {articles.length === 0 && <p>{t('none')}</p>}
            <ul className={page.list}>
              {articles.map(({ id, title, language }) => (
                <li key={id}>
                  <UnstyledButton className={page.item} aria-current={id === article?.id} onClick={() => setChosen(id)}>
                    <span dir="auto">{title}</span>
                    <p className={page.dimmed}>{languages[language]}</p>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
            {hasNextPage && (
              <Button variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t('more')}
              </Button>
            )}
          </nav>
          {mayWork
            ? (article !== undefined || chosen === 'new') && (
                <ArticleEditor key={article?.id ?? 'new'} article={article} onDone={setChosen} />
              )
            : article !== undefined && (
                <article className={page.form}>
                  <h2 dir="auto">{article.title}</h2>
                  <p>
                    <a href={article.url} target="_blank" rel="noreferrer">
                      {article.url}
                    </a>
                  </p>
                  <p className={styles.text} dir="auto">
                    {article.body}
                  </p>
                </article>
              )}
        </>
      )}
    </div>
  );
}
