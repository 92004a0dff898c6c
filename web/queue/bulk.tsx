import { Alert, Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { newKey, problemText } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { keepTicket, tellTicket, type TicketCommand } from '../api/tickets.ts';
import type { Priority, Ticket } from '../api/types.ts';
import { priorities } from '../ui/tags.tsx';
import styles from './queue.module.css';
import type { Selection } from './selection.ts';

interface Failure {
  readonly id: string;
  readonly reference: string;
  readonly why: string;
}

/** How many commands are under way at once. */
const atOnce = 6;

/** What can be done to all selected tickets. Those that failed stay selected, and are told with the reason. */
export function Bulk({ selection, tickets }: { selection: Selection; tickets: readonly Ticket[] }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: async (command: TicketCommand): Promise<readonly Failure[]> => {
      const waiting = [...selection.ids];
      const failures: Failure[] = [];
      const work = async (): Promise<void> => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          try {
            keepTicket(client, await tellTicket(id, command, newKey()));
          } catch (error) {
            const reference = tickets.find((ticket) => ticket.id === id)?.reference ?? id;
            failures.push({ id, reference, why: problemText(error) });
          }
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return failures;
    },
    onSuccess: (failures) => selection.set(failures.map(({ id }) => id)),
  });
  const failures = run.data ?? [];
  if (selection.ids.length === 0) return null;
  return (
    <div className={styles.bulk} role="region" aria-label={t('bulk.title')}>
      <strong aria-live="polite">{t('bulk.selected', { count: selection.ids.length })}</strong>
      <Button
        variant="default"
        disabled={run.isPending}
        onClick={() => run.mutate({ name: 'assign', body: { assignee: user.id } })}
      >
        {t('bulk.assignToMe')}
      </Button>
      <NativeSelect
        aria-label={t('bulk.priority')}
        disabled={run.isPending}
        value=""
        onChange={(event) => {
          const priority = event.currentTarget.value as Priority | '';
          if (priority !== '') run.mutate({ name: 'priority', body: { priority } });
        }}
        data={[
          { value: '', label: t('bulk.priority') },
          ...priorities.map((value) => ({ value, label: t(`priority.${value}`) })),
        ]}
      />
      <Button variant="default" disabled={run.isPending} onClick={() => run.mutate({ name: 'solve', body: {} })}>
        {t('action.solve')}
      </Button>
      <Button variant="subtle" onClick={selection.clear}>
        {t('bulk.clear')}
      </Button>
      {failures.length > 0 && (
        <Alert
          color="red"
          role="alert"
          title={t('bulk.failed', { count: failures.length })}
          className={styles.failures}
        >
          <ul>
            {failures.map(({ id, reference, why }) => (
              <li key={id}>
                {reference}: {why}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </div>
  );
}
