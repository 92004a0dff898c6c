import { CloseButton, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type DragEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentLoadsQuery } from '../api/agents.ts';
import { useMay, useSession } from '../api/session.ts';
import type { AgentLoad } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import type { QueueSearch } from '../queue/search.ts';
import { Failed } from '../shell/page-error.tsx';
import styles from './agents.module.css';
import { hasTickets, ticketsIn } from './drag.ts';
import { isFull, useLoadText } from './load-text.ts';

interface LoadPanelProps {
  readonly search: QueueSearch;
  readonly onAssign: (tickets: readonly string[], to: string | null) => void;
  readonly onClose: () => void;
}

/** What each agent carries. A name shows that agent's tickets; tickets dragged onto it become theirs. */
export function LoadPanel({ search, onAssign, onClose }: LoadPanelProps) {
  const { t } = useTranslation(['agents', 'desk']);
  const { user } = useSession();
  const { number } = useFormats();
  const mayWork = useMay('work');
  const { data, error, refetch } = useQuery(agentLoadsQuery);
  const agents = data?.agents ?? [];
  const scale = Math.max(1, ...agents.map(({ load, capacity }) => Math.max(load, capacity ?? 0)));
  const row = { search, onAssign, mayWork };
  return (
    <aside className={styles.panel} aria-labelledby="agents">
      <header className={styles.head}>
        <h2 id="agents">{t('title')}</h2>
        <CloseButton size="sm" onClick={onClose} aria-label={t('desk:close')} />
      </header>
      {mayWork && <p className={styles.hint}>{t('hint')}</p>}
      {data === undefined ? (
        error === null ? (
          <div role="status" aria-label={t('desk:loading')}>
            <Skeleton height={40} mb="xs" />
            <Skeleton height={40} mb="xs" />
            <Skeleton height={40} />
          </div>
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )
      ) : (
        <ul className={styles.agents}>
          <Row {...row} id={null} value="none" name={t('desk:queue.nobody')} current={search.assignee === 'none'}>
            <span className={styles.load}>{t('open', { open: number(data.unassigned.open) })}</span>
          </Row>
          {agents.map((agent) => {
            const me = agent.id === user.id;
            const current = search.assignee === agent.id || (me && search.assignee === 'me');
            return (
              <Row {...row} key={agent.id} id={agent.id} value={agent.id} name={agent.name} current={current}>
                <Load agent={agent} scale={scale} me={me} />
              </Row>
            );
          })}
        </ul>
      )}
    </aside>
  );
}

interface RowProps {
  /** Null for the row of what nobody has. */
  readonly id: string | null;
  readonly value: string;
  readonly name: string;
  readonly current: boolean;
  readonly search: QueueSearch;
  readonly mayWork: boolean;
  readonly onAssign: LoadPanelProps['onAssign'];
  readonly children: ReactNode;
}

/** The link is the name: it filters, and once more it filters no longer. */
function Row({ id, value, name, current, search, mayWork, onAssign, children }: RowProps) {
  const [over, setOver] = useState(false);
  const { assignee: _assignee, ...others } = search;
  const allow = (event: DragEvent): void => {
    if (!mayWork || !hasTickets(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    setOver(true);
  };
  const drop = (event: DragEvent): void => {
    if (!mayWork || !hasTickets(event)) return;
    event.preventDefault();
    setOver(false);
    onAssign(ticketsIn(event), id);
  };
  return (
    <li
      className={styles.agent}
      data-agent={value}
      data-over={over}
      data-current={current}
      onDragEnter={allow}
      onDragOver={allow}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Link
        to="/queue"
        search={current ? others : { ...others, assignee: value }}
        replace
        draggable={false}
        aria-current={current ? 'true' : undefined}
        className={styles.name}
        dir="auto"
      >
        {name}
      </Link>
      {children}
    </li>
  );
}

function Load({ agent, scale, me }: { agent: AgentLoad; scale: number; me: boolean }) {
  const { t } = useTranslation('agents');
  const { load, marks } = useLoadText()(agent);
  const part = (value: number): string => `${(100 * value) / scale}%`;
  return (
    <>
      {[...(me ? [t('you')] : []), ...marks].map((mark) => (
        <span key={mark} className={styles.mark}>
          {mark}
        </span>
      ))}
      <span className={styles.load}>{load}</span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.used} data-full={isFull(agent)} style={{ inlineSize: part(agent.load) }} />
        {agent.capacity !== null && (
          <span className={styles.limit} style={{ insetInlineStart: part(agent.capacity) }} />
        )}
      </span>
    </>
  );
}
