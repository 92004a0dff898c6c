import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/client.ts';
import { usePeople } from '../api/people.ts';
import { leaveTicket, presenceKey, tellPresence, usePresent } from '../api/presence.ts';
import { useSession } from '../api/session.ts';
import styles from './ticket.module.css';

/** Half of what it holds, and some: one that is lost is no loss. */
const againMs = 4000;
/** Nobody has to know, and nothing hangs on it. */
const ignore = (): undefined => undefined;

/** Who else is on the ticket; and tells the others that this window is. */
export function Presence({ ticket, typing }: { ticket: string; typing: boolean }) {
  const { t } = useTranslation('together');
  const { user } = useSession();
  const { userName } = usePeople();
  const others = usePresent(ticket).filter((present) => present.user !== user.id);
  const [window] = useState(newKey);
  const visible = useVisible();
  const client = useQueryClient();

  useEffect(() => {
    if (!visible) return;
    const leave = (): void => void leaveTicket(ticket, window).catch(ignore);
    globalThis.addEventListener('pagehide', leave);
    return () => {
      globalThis.removeEventListener('pagehide', leave);
      leave();
    };
  }, [ticket, window, visible]);
  useEffect(() => {
    if (!visible) return;
    const tell = (): void =>
      void tellPresence(ticket, window, typing ? 'typing' : 'viewing')
        .then((others) => client.setQueryData(presenceKey(ticket), others))
        .catch(ignore);
    tell();
    const timer = setInterval(tell, againMs);
    return () => clearInterval(timer);
  }, [client, ticket, window, visible, typing]);

  const texts = (['typing', 'viewing'] as const).flatMap((state) => {
    const names = others.filter((other) => other.state === state).map((other) => userName(other.user));
    return names.length === 0 ? [] : [{ state, text: t(state, { count: names.length, names: names.join(', ') }) }];
  });
  return (
    <p role="status" aria-label={t('present')} className={styles.presence}>
      {texts.map(({ state, text }) => (
        <span key={state} data-state={state}>
          {text}
        </span>
      ))}
    </p>
  );
}

/** A window in the background looks at nothing. */
function useVisible(): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const look = (): void => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}
