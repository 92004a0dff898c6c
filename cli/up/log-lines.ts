import type { Say } from '../servers/cache.ts';

/** Of pino, or of Temporal. */
interface LogLine {
  readonly level?: number | string;
  readonly msg?: string;
  readonly reason?: string;
  readonly err?: { readonly message?: string };
  readonly error?: string;
}

/** What is said again within this time is left to the log. */
const repeatMs = 10_000;

/** Says the warnings and errors of our own processes; what is no log line at all is an error as well. */
export function passProblems(name: string, tell: Say): (line: string) => void {
  const said = new Map<string, number>();
  const say: Say = (line) => {
    for (const [before, at] of said) if (Date.now() - at > repeatMs) said.delete(before);
    if (said.has(line)) return;
    said.set(line, Date.now());
    tell(line);
  };
  return (line) => {
    const entry = parse(line);
    if (entry === undefined) {
      if (line.trim() !== '') say(`${name}: ${line}`);
    } else if (typeof entry.level === 'number' && entry.level >= 40) {
      const reason = entry.reason || entry.err?.message;
      say(`${name}: ${entry.msg ?? line}${reason ? ` (${reason})` : ''}`);
    }
  };
}

/** Says what ends Temporal; it warns of much that rights itself, which its log keeps. */
export function passTemporalProblems(say: Say): (line: string) => void {
  return (line) => {
    const entry = parse(line);
    if (entry?.level === 'fatal' || /^(panic:|Unable to|Error:)| level=FATAL /.test(line)) {
      say(`Temporal: ${entry === undefined ? line : `${entry.msg ?? ''} ${entry.error ?? ''}`}`);
    }
  };
}

/** Says the errors of PostgreSQL that are not about one statement. */
export function passPostgresProblems(say: Say): (line: string) => void {
  return (line) => {
    const [, text] = /\b(?:FATAL|PANIC): {2}(.*)/.exec(line) ?? [];
    if (
      text !== undefined &&
      !/terminating connection|starting up|shutting down|recovery mode|not yet accepting/.test(text)
    ) {
      say(`PostgreSQL: ${text}`);
    }
  };
}

function parse(line: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
