/** The day of an instant on the user's own clock, as a date field has it; empty for none. */
export function dayOf(instant: string | null): string {
  if (instant === null) return '';
  const at = new Date(instant);
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, '0'));
  return `${String(at.getFullYear()).padStart(4, '0')}-${month}-${day}`;
}

/** The instant at which a day begins there; null for none, and for what is no day. */
export function startOf(day: string): string | null {
  const at = new Date(`${day}T00:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
