/** What one look at the machine found. */
export interface Check {
  readonly name: string;
  /** `later`: not there yet, and nothing that anybody has to do. */
  readonly state: 'ok' | 'later' | 'missing';
  /** What was found, or how to get what is missing. */
  readonly detail: string;
}

/** Looks, and takes a failure for what is missing. */
export async function check(name: string, look: () => Promise<string | Omit<Check, 'name'>>): Promise<Check> {
  try {
    const found = await look();
    return typeof found === 'string' ? { name, state: 'ok', detail: found } : { name, ...found };
  } catch (error) {
    return { name, state: 'missing', detail: (error as Error).message };
  }
}

export function later(detail: string): Omit<Check, 'name'> {
  return { state: 'later', detail };
}
