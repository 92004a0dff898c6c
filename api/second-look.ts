import type { Directory } from '../db/directory.ts';
import { Problem } from './problem.ts';

/**
 * What `judge` gives by the configuration that is known. Before it refuses, what other processes may just have added is
 * looked at: a key, a person or a policy can be used everywhere once its `POST` was answered.
 */
export async function withSecondLook<T>(directory: Directory, judge: () => T): Promise<T> {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await directory.catchUp();
    return judge();
  }
}
