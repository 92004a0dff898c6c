import type { Pool } from 'pg';
import type { EventBatch } from '../domain/events.ts';
import { recordBatches } from './record.ts';

interface Waiting {
  readonly batch: EventBatch;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Records the batches of many workflows together: what comes while a transaction is under way goes out with the next
 * one. Alone, a batch waits for nobody; in a crowd, a transaction's price is shared.
 */
export class RecordQueue {
  readonly #pool: Pool;
  readonly #lanes: number;
  #underWay = 0;
  #waiting: Waiting[] = [];

  /** `lanes` transactions at most at a time. */
  constructor(pool: Pool, lanes = 2) {
    this.#pool = pool;
    this.#lanes = lanes;
  }

  /** Resolves when the batch is in the archive. */
  record(batch: EventBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      if (this.#underWay < this.#lanes) void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    this.#underWay++;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, 100);
      try {
        await this.#write(group);
      } catch (error) {
        // One batch that the database refuses must not hold up the others.
        if (group.length === 1) group[0]?.reject(error);
        else await Promise.all(group.map((one) => this.#write([one]).catch(one.reject)));
      }
    }
    this.#underWay--;
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    await recordBatches(
      this.#pool,
      group.map((one) => one.batch),
    );
    for (const one of group) one.resolve();
  }
}
