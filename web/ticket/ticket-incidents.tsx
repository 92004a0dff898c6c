import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { incidentsQuery } from '../api/incidents.ts';
import type { Ticket } from '../api/types.ts';
import styles from './ticket.module.css';

/** The incidents that its breaches opened, and those that it was linked to. */
export function TicketIncidents({ ticket: { id: ticket, linkedIncidents } }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { data } = useQuery(incidentsQuery({ ticket }));
  const own = data?.data ?? [];
  const others = linkedIncidents.filter((linked) => own.every(({ id }) => id !== linked));
  if (own.length + others.length === 0) return null;
  return (
    <section className={styles.panel} aria-labelledby="ticket-incidents">
      <h2 id="ticket-incidents">{t('nav.incidents')}</h2>
      <ul className={styles.plain}>
        {own.map(({ id, reason, status }) => (
          <li key={id}>
            <Link to="/incidents" hash={id}>
              {reason}
            </Link>{' '}
            · {t(`incident.status.${status}`)}
          </li>
        ))}
        {others.map((id) => (
          <li key={id}>
            <Link to="/incidents" hash={id}>
              {id}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
