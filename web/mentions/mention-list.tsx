import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mentionsQuery, useReadMentions } from '../api/mentions.ts';
import { usePeople } from '../api/people.ts';
import { useFormats } from '../i18n/format.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Failed } from '../shell/page-error.tsx';
import styles from './mentions.module.css';

/** The notes in which one was named, the latest first. */
export function MentionList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['together', 'desk']);
  const { moment, full } = useFormats();
  const { userName } = usePeople();
  const { data, error, refetch } = useQuery(mentionsQuery);
  const read = useReadMentions();
  return (
    <Dialog title={t('mentionsTitle')} onClose={onClose}>
      {data === undefined ? (
        error === null ? (
          <Skeleton height={60} />
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )
      ) : data.data.length === 0 ? (
        <p>{t('noMentions')}</p>
      ) : (
        <>
          {data.unread > 0 && (
            <Button variant="default" loading={read.isPending} onClick={() => read.mutate({})}>
              {t('markAllRead')}
            </Button>
          )}
          <ul className={styles.list}>
            {data.data.map(({ id, ticket, reference, subject, author, excerpt, createdAt, readAt }) => (
              <li key={id} data-unread={readAt === null}>
                <Link to="/tickets/$id" params={{ id: ticket }} onClick={onClose} dir="auto">
                  {readAt === null && <span className={styles.dot}>{t('unread')}</span>}
                  {subject ?? reference}
                </Link>
                <p className={styles.about}>
                  <strong dir="auto">{author.startsWith('key:') ? t('desk:actor.key') : userName(author)}</strong> ·{' '}
                  {reference} ·{' '}
                  <time dateTime={createdAt} title={full(createdAt)}>
                    {moment(createdAt)}
                  </time>
                </p>
                {excerpt !== null && (
                  <p className={styles.excerpt} dir="auto">
                    {excerpt}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
