import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ticketSuggestionsQuery } from '../api/articles.ts';
import type { SuggestedArticle, Ticket } from '../api/types.ts';
import styles from './articles.module.css';
import page from '../ui/list-page.module.css';

interface SuggestionsProps {
  readonly ticket: Ticket;
  readonly onChoose: (article: SuggestedArticle) => void;
}

/** Articles that may answer the ticket, each to be put into the reply. Where there are none, or no answer, it is silent. */
export function ArticleSuggestions({ ticket, onChoose }: SuggestionsProps) {
  const { t } = useTranslation('articles');
  const { data = [] } = useQuery(ticketSuggestionsQuery(ticket));
  if (data.length === 0) return null;
  return (
    <div className={styles.suggestions} role="group" aria-label={t('suggested')}>
      <span className={page.dimmed}>{t('suggested')}</span>
      {data.map((article) => (
        <Button
          key={article.id}
          className={styles.suggestion}
          size="compact-xs"
          variant="default"
          aria-label={t('insert', { title: article.title })}
          title={article.title}
          onClick={() => onChoose(article)}
        >
          <span dir="auto">{article.title}</span>
        </Button>
      ))}
    </div>
  );
}
