import { useVirtualizer } from '@tanstack/react-virtual';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, VisuallyHidden } from '@mantine/core';
import { usePeople } from '../api/people.ts';
import type { Ticket } from '../api/types.ts';
import { useShortcut } from '../shell/shortcuts.tsx';
import styles from './queue.module.css';
import { TicketLine } from './ticket-line.tsx';
import type { Selection } from './selection.ts';

interface TicketListProps {
  readonly tickets: readonly Ticket[];
  readonly selection: Selection | null;
  /** Whether there is more than has been read. */
  readonly more: boolean;
  readonly readMore: () => void;
  readonly onAssign: (ids: readonly string[]) => void;
}

const lineHeight = 54;
/** The next page is read this many lines before the end is in sight. */
const ahead = 30;

/** However many tickets there are, only the lines in sight are drawn. */
export function TicketList({ tickets, selection, more, readMore, onAssign }: TicketListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const people = usePeople();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 8,
    // A ticket that moves keeps its line, and with it the focus.
    getItemKey: (index) => tickets[index]?.id ?? index,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last + ahead >= tickets.length) readMore();
  }, [more, last, tickets.length, readMore]);

  const focused = (): number => {
    const id = document.activeElement?.closest<HTMLElement>('[data-ticket]')?.dataset['ticket'];
    return tickets.findIndex((ticket) => ticket.id === id);
  };
  const move = (by: 1 | -1): void => {
    const to = Math.min(tickets.length - 1, Math.max(0, focused() + by));
    const id = tickets[to]?.id;
    virtual.scrollToIndex(to);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-ticket="${id}"] a`)?.focus());
  };
  useShortcut('next', () => move(1));
  useShortcut('previous', () => move(-1));
  useShortcut('select', () => {
    const id = tickets[focused()]?.id;
    if (id !== undefined) selection?.toggle(id);
  });
  useShortcut('assign', () => {
    const id = tickets[focused()]?.id;
    if (selection === null) return;
    if (selection.ids.length > 0) onAssign(selection.ids);
    else if (id !== undefined) onAssign([id]);
  });

  const allSelected = selection !== null && tickets.length > 0 && tickets.every(({ id }) => selection.has(id));
  return (
    <div ref={scroller} className={styles.scroller}>
      <div role="table" aria-label={t('queue.title')} aria-rowcount={more ? -1 : tickets.length + 1}>
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.line} data-selectable={selection !== null}>
            {selection !== null && (
              <span role="columnheader">
                <Checkbox
                  size="xs"
                  aria-label={t('queue.selectAll')}
                  checked={allSelected}
                  indeterminate={!allSelected && selection.ids.length > 0}
                  onChange={() => (allSelected ? selection.clear() : selection.set(tickets.map(({ id }) => id)))}
                />
              </span>
            )}
            {(['sla', 'subject', 'priority', 'status', 'assignee', 'idle'] as const).map((column) => (
              <span role="columnheader" key={column} className={styles[column]}>
                {t(`queue.column.${column}`)}
              </span>
            ))}
            {selection !== null && (
              <span role="columnheader">
                <VisuallyHidden>{t('bulk.assign')}</VisuallyHidden>
              </span>
            )}
          </div>
        </div>
        <div role="rowgroup" className={styles.lines} style={{ blockSize: virtual.getTotalSize() }}>
          {lines.map(({ index, key, start }) => {
            const ticket = tickets[index];
            return (
              ticket && (
                <TicketLine
                  key={key}
                  ticket={ticket}
                  index={index}
                  start={start}
                  selection={selection}
                  people={people}
                  onAssign={() => onAssign(selection?.has(ticket.id) ? selection.ids : [ticket.id])}
                  onOpen={() => void navigate({ to: '/tickets/$id', params: { id: ticket.id } })}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
