/** The driver's error inside drizzle's, whose own message holds the statement and its values. */
function driverError(error: unknown): { code?: string; message: string; constraint?: string } {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current instanceof Error ? current : { message: String(current) };
}

const unavailableCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  // admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections, query_canceled (by the time limit),
  // lock_not_available
  ...['57P01', '57P02', '57P03', '53300', '57014', '55P03'],
]);

/** Whether the database is away, rather than of another opinion. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = driverError(error);
  if (code !== undefined && (unavailableCodes.has(code) || code.startsWith('08'))) return true;
  return /timeout|Connection terminated|Client has encountered a connection error|Client was closed/i.test(message);
}

/** The violated unique constraint's name; undefined where that is not what went wrong. */
export function uniqueViolation(error: unknown): string | undefined {
  const { code, constraint } = driverError(error);
  return code === '23505' ? (constraint ?? 'unknown') : undefined;
}

/** What went wrong, without statements and values: fit for logs and for Temporal's history. */
export function safeMessage(error: unknown): string {
  const { code } = driverError(error);
  if (isUnavailable(error)) return `The database is away (${code ?? 'no answer'}).`;
  return `The database refused (${code ?? 'unknown reason'}).`;
}
