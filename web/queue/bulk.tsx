import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import type { TicketCommand } from '../api/tickets.ts';
import type { Priority, Ticket } from '../api/types.ts';
import { priorities } from '../ui/choices.ts';
import { Failures } from './failures.tsx';
import styles from './queue.module.css';
import { tellAll } from './run-all.ts';
import type { Selection } from './selection.ts';
import type { Assigning } from './use-assign.ts';

interface BulkProps {
  readonly selection: Selection;
  readonly tickets: readonly Ticket[];
  readonly assigning: Assigning;
  readonly onAssign: () => void;
}

/** What can be done to all selected tickets. Those that failed stay selected, and are told with the reason. */
export function Bulk({ selection, tickets, assigning, onAssign }: BulkProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: async (command: TicketCommand) => {
      const reference = (id: string): string => tickets.find((ticket) => ticket.id === id)?.reference ?? id;
      const all = selection.ids.map((id) => ({ id, reference: reference(id), command }));
      return (await tellAll(client, all)).failures;
    },
    onSuccess: (failures) => selection.set(failures.map(({ id }) => id)),
  });
  const busy = run.isPending || assigning.pending;
  return (
    <div className={styles.bulk} role="region" aria-label={t('bulk.title')}>
      <strong aria-live="polite">{t('bulk.selected', { count: selection.ids.length })}</strong>
      <Button variant="default" disabled={busy} onClick={() => assigning.assign(selection.ids, user.id)}>
        {t('bulk.assignToMe')}
      </Button>
      <Button variant="default" disabled={busy} onClick={onAssign}>
        {t('bulk.assign')}
      </Button>
      <NativeSelect
        aria-label={t('bulk.priority')}
        disabled={busy}
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
      <Button variant="default" disabled={busy} onClick={() => run.mutate({ name: 'solve', body: {} })}>
        {t('action.solve')}
      </Button>
      <Button variant="subtle" onClick={selection.clear}>
        {t('bulk.clear')}
      </Button>
      <Failures failures={run.data ?? []} />
    </div>
  );
}
