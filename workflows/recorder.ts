import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { RecordActivities } from '../activities/record.ts';
import type { ArchivedEvent, EventBatch } from '../domain/events.ts';
import { quickTries } from './quick.ts';

const quick = proxyLocalActivities<RecordActivities>(quickTries);
const patient = proxyActivities<RecordActivities>({
  startToCloseTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '20s' },
  summary: 'record events when the database is back',
});

/**
 * Writes a workflow's events to the archive, in order, all that have gathered at once. A local activity does it, at the
 * price of one history event; where that fails, an ordinary activity tries until the database is back.
 */
export class Recorder {
  readonly #stream: string;
  readonly #ticket: string | null;
  readonly #settled: () => void;
  #events: ArchivedEvent[] = [];
  #busy = false;

  /** `settled` is called whenever a write has ended. */
  constructor(stream: string, ticket: string | null, settled: () => void) {
    this.#stream = stream;
    this.#ticket = ticket;
    this.#settled = settled;
  }

  add(events: readonly ArchivedEvent[]): void {
    this.#events.push(...events);
  }

  /** What the archive has not confirmed. */
  get unrecorded(): EventBatch {
    return { stream: this.#stream, ticket: this.#ticket, events: this.#events };
  }

  get idle(): boolean {
    return !this.#busy && this.#events.length === 0;
  }

  /** Starts writing what has gathered, unless a write is under way. */
  start(): void {
    if (this.#busy || this.#events.length === 0) return;
    this.#busy = true;
    const batch = { ...this.unrecorded, events: [...this.#events] };
    void this.#write(batch).then(() => {
      this.#events = this.#events.slice(batch.events.length);
      this.#busy = false;
      this.#settled();
    });
  }

  async #write(batch: EventBatch): Promise<void> {
    try {
      await quick.record(batch);
    } catch {
      await patient.record(batch);
    }
  }
}
