import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { foundArticlesQuery, ticketSuggestionsQuery } from '../api/articles.ts';
import type { SuggestedArticle, Ticket } from '../api/types.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Failed } from '../shell/page-error.tsx';
import { Chooser } from '../ui/chooser.tsx';

interface ArticleDialogProps {
  readonly ticket: Ticket;
  readonly onChoose: (article: SuggestedArticle) => void;
  readonly onClose: () => void;
}

/** Finds an article to send a link to: at first those that may answer the ticket, then by words. */
export function ArticleDialog({ ticket, onChoose, onClose }: ArticleDialogProps) {
  const { t } = useTranslation('articles');
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text, 250);
  const suggested = useQuery(ticketSuggestionsQuery(ticket));
  const found = useQuery({ ...foundArticlesQuery(words), placeholderData: keepPreviousData });
  const { data, error, refetch } = words === '' ? suggested : found;
  return (
    <Dialog title={t('title')} onClose={onClose}>
      {error !== null && data === undefined ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Chooser
          label={t('search')}
          choices={(data ?? []).map(({ id, title, url }) => ({ id, label: title, hint: url }))}
          empty={data === undefined || words === '' ? '' : t('notFound')}
          onSearch={setText}
          onChoose={(id) => {
            const article = data?.find((one) => one.id === id);
            // As long as the dialog is there, nothing behind it takes the text.
            flushSync(onClose);
            if (article !== undefined) onChoose(article);
          }}
        />
      )}
      <p>
        <Link to="/articles">{t('manage')}</Link>
      </p>
    </Dialog>
  );
}
