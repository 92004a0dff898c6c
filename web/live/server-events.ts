import { problemOf } from '../api/client.ts';

export interface ServerEvent {
  readonly id: string | undefined;
  readonly type: string;
  readonly data: string;
}

export interface ServerEventsOptions {
  readonly lastId: string | undefined;
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
  readonly onEvent: (event: ServerEvent) => void;
  /** Whenever anything comes at all: events, and the comments that only say that the server is still there. */
  readonly onAlive: () => void;
}

/**
 * Reads server-sent events until the connection ends. The browser's own EventSource does the same, but hides the
 * comments that show a dead connection after sleep, gives up on a 503, and cannot begin at an event that we name.
 * @throws ApiProblem where the server refuses, and whatever `fetch` throws
 */
export async function readServerEvents(url: string, options: ServerEventsOptions): Promise<void> {
  const { lastId, signal, onOpen, onEvent, onAlive } = options;
  const response = await fetch(url, {
    signal,
    cache: 'no-store',
    headers: { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) },
  });
  if (!response.ok || response.body === null) throw await problemOf(response);
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onAlive();
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event !== undefined) onEvent(event);
    }
  }
}

/** One event of the stream's text; undefined for what is none, such as a comment. */
export function parseEvent(block: string): ServerEvent | undefined {
  let id: string | undefined;
  let type = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'id') id = value;
    else if (field === 'event') type = value;
    else if (field === 'data') data.push(value);
  }
  return data.length === 0 ? undefined : { id, type, data: data.join('\n') };
}
