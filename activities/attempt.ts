import { ApplicationFailure } from '@temporalio/common';
import { ComeAgain, Refused } from '../channels/page.ts';

/** Delivers, and fails as Temporal takes it: never again, again when the receiver says, or again by the activity's own retries. */
export async function attempt(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) throw ApplicationFailure.nonRetryable(error.message, 'Undeliverable');
    if (error instanceof ComeAgain) {
      throw ApplicationFailure.create({ message: error.message, type: 'ComeAgain', nextRetryDelay: error.afterMs });
    }
    throw error;
  }
}
