/** Times as the clocks of a schedule's time zone show them, by the browser's own knowledge of zones. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** What the clocks show at an instant, as the milliseconds at which those of UTC show the same. */
function wallOf(timeZone: string, at: number): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * When the clocks show it, as the rules of duty have it: the first time where they do twice, the first instant after the
 * gap where they never do.
 */
function instantOf(timeZone: string, wall: number): number {
  const [before = 0, after = 0] = [wall - dayMs, wall + dayMs].map((near) => wallOf(timeZone, near) - near);
  const found = [wall - before, wall - after].filter((at) => wallOf(timeZone, at) === wall);
  if (found.length > 0) return Math.min(...found);
  // Clocks are put forward between the two: by the later offset `wall` is before that, by the earlier one after it.
  let [early, late] = [wall - after, wall - before];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (wallOf(timeZone, middle) < wall) early = middle;
    else late = middle;
  }
  return late;
}

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Of the browser's own. */
export const ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** As `<input type="datetime-local">` has it. */
export function wallText(timeZone: string, at: number): string {
  return new Date(wallOf(timeZone, at)).toISOString().slice(0, 16);
}

/** The instant that such a text means; undefined for what is no date and time. */
export function instantIn(timeZone: string, text: string): number | undefined {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? undefined : instantOf(timeZone, wall);
}

/** The midnight so many days after the day of an instant. */
export function midnight(timeZone: string, at: number, days = 0): number {
  const wall = wallOf(timeZone, at);
  return instantOf(timeZone, Math.floor(wall / dayMs) * dayMs + days * dayMs);
}
