import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../api/types.ts';
import { PageTitle } from '../shell/page-title.tsx';
import styles from './ticket.module.css';

/** Subjects may have 5,000 characters; longer ones than this are shown in full when that is asked for. */
const longSubject = 240;

/** The reference, the subject, and which tickets this one came from or went to. */
export function TicketHead({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const [showsAll, setShowsAll] = useState(false);
  const { reference, subject, followUpOf, mergedInto } = ticket;
  const isLong = subject.length > longSubject;
  return (
    <header className={styles.head} data-long={isLong}>
      <p>
        {reference}
        {followUpOf !== null && (
          <>
            {' · '}
            <Link to="/tickets/$id" params={{ id: followUpOf }}>
              {t('ticket.followUpOf')}
            </Link>
          </>
        )}
        {mergedInto !== null && (
          <>
            {' · '}
            <Link to="/tickets/$id" params={{ id: mergedInto }}>
              {t('ticket.mergedInto')}
            </Link>
          </>
        )}
      </p>
      <PageTitle title={subject} className={`${styles.subject} ${isLong && !showsAll ? styles.clamped : ''}`} />
      {isLong && (
        <UnstyledButton className={styles.showAll} aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {t(showsAll ? 'ticket.showLess' : 'ticket.showAll')}
        </UnstyledButton>
      )}
    </header>
  );
}
