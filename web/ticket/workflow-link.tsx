import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { workflowQuery } from '../api/tickets.ts';
import { Icon } from '../shell/icons.tsx';
import styles from './ticket.module.css';

export function WorkflowLink({ ticket }: { ticket: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(workflowQuery(ticket));
  if (!data?.url) return null;
  return (
    <p className={styles.panel}>
      <a href={data.url} target="_blank" rel="noreferrer">
        {t('ticket.workflow')} <Icon name="external" size={13} />
      </a>
    </p>
  );
}
