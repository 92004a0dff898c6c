import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Ticket } from '../api/types.ts';
import styles from './conversation.module.css';
import { MessageItem } from './message-item.tsx';

/** Whoever has scrolled further up than this reads something older, and is left there. */
const nearEnd = 160;

export function Conversation({ ticket, messages }: { ticket: Ticket; messages: readonly Message[] }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const count = messages.length;
  useEffect(() => {
    const element = scroller.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [count]);
  const look = (): void => {
    const element = scroller.current;
    if (element !== null) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
  };
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      onScroll={look}
      role="log"
      aria-label={t('ticket.conversation')}
      tabIndex={0}
    >
      <ol className={styles.messages}>
        {messages.map((message) => (
          <MessageItem key={message.id} message={message} ticket={ticket} />
        ))}
      </ol>
    </div>
  );
}
