/** What the address of the wall may say, since a screen on a wall has no mouse. */
export interface WallSearch {
  readonly theme?: 'light' | 'dark';
  /** Whose clocks say when the desk's day begins; the browser's where it says nothing. */
  readonly timeZone?: string;
}

export function wallSearch({ theme, timeZone }: Record<string, unknown>): WallSearch {
  return {
    ...((theme === 'light' || theme === 'dark') && { theme }),
    ...(typeof timeZone === 'string' && isTimeZone(timeZone) && { timeZone }),
  };
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
