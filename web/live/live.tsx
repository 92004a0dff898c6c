import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import { sessionQuery } from '../api/session.ts';
import { EventApplier } from './apply-events.ts';
import { type ConnectionState, LiveConnection } from './connection.ts';
import { forgetMoments, takeMoment } from './moments.ts';

const ConnectionContext = createContext<ConnectionState>('connecting');

export const useConnection = (): ConnectionState => use(ConnectionContext);

/** Keeps everything inside live: one connection to the stream for the whole application. */
export function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [{ connection, applier }] = useState(() => {
    const applier = new EventApplier(client);
    const session = client.getQueryState(sessionQuery.queryKey);
    const position = session?.data?.position;
    const connection = new LiveConnection({
      from: position && session ? { id: position, at: session.dataUpdatedAt } : undefined,
      onEvent: applier.take,
      onMoment: (type, data) => takeMoment(client, type, data),
      onOpen: () => forgetMoments(client),
      onFresh: () => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
      onSignedOut: () => void client.invalidateQueries(sessionQuery),
    });
    return { connection, applier };
  });
  useEffect(() => {
    connection.start();
    return () => {
      connection.stop();
      applier.stop();
    };
  }, [connection, applier]);
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  return <ConnectionContext value={state}>{children}</ConnectionContext>;
}
