import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Refresher } from '../api/refresher.ts';
import { sessionQuery } from '../api/session.ts';
import type { Wall } from '../api/types.ts';
import { wallQuery } from '../api/wall.ts';
import { useNow } from '../i18n/now.ts';
import { type ConnectionState, LiveConnection } from '../live/connection.ts';

/** Twice the time between two slow refreshes, and some for an answer that takes long. */
const trustedMs = 75_000;

export interface LiveWall {
  readonly wall: Wall | undefined;
  readonly error: Error | null;
  /** When what is shown was true, where it may not be any more; null while it is up to date. */
  readonly staleSince: number | null;
  readonly retry: () => void;
}

/**
 * The wall's numbers, kept true by the stream of events and, where that says nothing, by asking every while. A screen
 * that nobody looks after must tell by itself that it is out of date, and come back by itself.
 */
export function useLiveWall(timeZone: string): LiveWall {
  const client = useQueryClient();
  const now = useNow();
  const { data, error, dataUpdatedAt, refetch } = useQuery(wallQuery(timeZone));
  const [{ connection, refresher }] = useState(() => {
    const refresher = new Refresher(() => client.refetchQueries({ queryKey: ['wall'], type: 'active' }));
    const connection = new LiveConnection({
      onEvent: refresher.ask,
      onFresh: refresher.ask,
      onSignedOut: () => void client.invalidateQueries(sessionQuery),
    });
    return { connection, refresher };
  });
  useEffect(() => {
    // What failed while the desk was away is not left to the next slow refresh.
    const unsubscribe = connection.subscribe(() => {
      if (connection.state() === 'connected') refresher.ask();
    });
    connection.start();
    return () => {
      unsubscribe();
      connection.stop();
      refresher.stop();
    };
  }, [connection, refresher]);
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  const stale = data !== undefined && isStale({ state, failed: error !== null, ageMs: now - dataUpdatedAt });
  return {
    wall: data,
    error,
    staleSince: stale ? dataUpdatedAt : null,
    retry: () => void refetch(),
  };
}

interface Freshness {
  readonly state: ConnectionState;
  readonly failed: boolean;
  readonly ageMs: number;
}

/** A stream that is cut and resumed at once is no reason to alarm a room. */
function isStale({ state, failed, ageMs }: Freshness): boolean {
  return state === 'offline' || failed || ageMs > trustedMs;
}
