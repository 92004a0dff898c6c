import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import styles from './first-ticket.module.css';

/** What a desk says that never had a ticket: to those who may set it up, how the first one gets here. */
export function FirstTicket() {
  const { t } = useTranslation();
  const mayConfigure = useMay('configure');
  return (
    <section className={styles.first} aria-labelledby="first-ticket">
      <h2 id="first-ticket">{t('firstRun.title')}</h2>
      {mayConfigure ? <HowTo /> : <p>{t('firstRun.wait')}</p>}
    </section>
  );
}

function HowTo() {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('firstRun.text')}</p>
      <ol>
        <li>{t('firstRun.key')}</li>
        <li>
          {t('firstRun.send')}
          {/* It scrolls where it is too long, so the keyboard has to get there. */}
          <pre tabIndex={0} aria-label={t('firstRun.command')}>
            {command(location.origin)}
          </pre>
        </li>
        <li>{t('firstRun.arrives')}</li>
      </ol>
      <p>
        <a href="/docs" target="_blank" rel="noreferrer">
          {t('firstRun.docs')}
        </a>
      </p>
    </>
  );
}

/** To be pasted as it is: only `$VIGIL_KEY` is the reader's own. */
function command(origin: string): string {
  const ticket = {
    subject: 'Printer on fire',
    body: 'It is the third one this week.',
    requester: { email: 'ada@example.com', name: 'Ada' },
  };
  return [
    `curl -sS -X POST ${origin}/v1/tickets \\`,
    `  -H "Authorization: Bearer $VIGIL_KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(ticket)}'`,
  ].join('\n');
}
