import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mentionsQuery, useReadMentions } from '../api/mentions.ts';
import { useFormats } from '../i18n/format.ts';
import { Icon } from '../shell/icons.tsx';
import styles from './mentions.module.css';

const MentionList = lazy(() => import('./mention-list.tsx').then((it) => ({ default: it.MentionList })));

/** How often one was named and has not looked yet. Whoever opens the ticket has. */
export function Bell() {
  const { t } = useTranslation('together');
  const { number } = useFormats();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(mentionsQuery);
  const { mutate: markRead } = useReadMentions();
  const pathname = useLocation({ select: (location) => location.pathname });
  const shown = /^\/tickets\/([^/]+)/.exec(pathname)?.[1]?.replaceAll('-', '').toUpperCase();
  const unread = data?.unread ?? 0;
  const isShown = shown !== undefined && data?.data.some(({ ticket, readAt }) => ticket === shown && readAt === null);
  useEffect(() => {
    if (isShown === true && shown !== undefined) markRead({ ticket: shown });
  }, [isShown, shown, markRead]);
  return (
    <>
      <UnstyledButton
        className={styles.bell}
        aria-haspopup="dialog"
        aria-label={t('mentions', { count: unread, shown: number(unread) })}
        title={t('mentions', { count: unread, shown: number(unread) })}
        onClick={() => setOpen(true)}
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span className={styles.count} aria-hidden="true">
            {unread > 99 ? '99+' : number(unread)}
          </span>
        )}
      </UnstyledButton>
      <Suspense>{open && <MentionList onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
