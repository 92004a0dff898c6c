import { FieldProblems } from '../../domain/field-problem.ts';
import { isTimeZone } from '../../domain/wall-clock.ts';

interface Line {
  readonly name: string;
  /** With their semicolons, their names in capitals. */
  readonly params: string;
  readonly value: string;
}

interface Component {
  readonly type: string;
  readonly lines: readonly Line[];
}

/** Before every UID: the parser takes them for names of fields, and must not come upon one that objects have already. */
export const uidMark = 'uid:';

const longestUid = 1000;

/** The parser guesses what these are anew for each date, in milliseconds: what is read would block for long. */
const guessedZone = /;TZID="?(?:Customized Time Zone|tzone:\/\/Microsoft\/|\(no TZ)/;
const mostGuessed = 1000;

const dates = ['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE'];
const ofEvents = ['UID', 'SUMMARY', 'STATUS', 'TRANSP', 'SEQUENCE', 'DURATION', 'RRULE', ...dates];
const ofZones = ['BEGIN', 'END', 'TZID', 'TZOFFSETFROM', 'TZOFFSETTO', 'DTSTART', 'RRULE'];

/**
 * A calendar as the parser takes it without harm: only what is asked of events, and their time zones. Times without a
 * zone get `timeZone`; changed occurrences stand after the series that they change, which they would else change whole.
 * @throws FieldProblems
 */
export function cleanCalendar(text: string, timeZone: string): string {
  const components = componentsOf(text);
  const zones = components.filter(({ type }) => type === 'VTIMEZONE').map(cleanZone);
  const known = zoneNames();
  const events = components
    .filter(({ type }) => type === 'VEVENT')
    .map((event) => cleanEvent(event, (line) => dateParams(line, timeZone, known)));
  if (events.flatMap(({ lines }) => lines).filter(({ params }) => guessedZone.test(params)).length > mostGuessed) {
    throw calendarProblem(`has more than ${mostGuessed} dates in time zones of its own`);
  }
  const [changes, series] = [events.filter(isChange), events.filter((event) => !isChange(event))];
  return ['BEGIN:VCALENDAR', ...[...zones, ...series, ...changes].map(written), 'END:VCALENDAR', ''].join('\r\n');
}

/** What is said of a calendar as a whole: it is the body of its request. */
export function calendarProblem(message: string): FieldProblems {
  return new FieldProblems([{ path: '', message }]);
}

/** One file may hold several calendars, which become one. */
function componentsOf(text: string): Component[] {
  const lines = text.trim().split(/(?:\r?\n)+(?![ \t])/);
  if (!/^BEGIN:VCALENDAR$/i.test(lines[0] ?? '')) throw calendarProblem('is no calendar: it begins with no VCALENDAR');
  if (!/^END:VCALENDAR$/i.test(lines.at(-1) ?? '')) throw calendarProblem('is cut off: it ends before its VCALENDAR');
  const components: Component[] = [];
  let open: { type: string; lines: Line[] } | undefined;
  for (const folded of lines) {
    const line = lineOf(folded);
    if (line === undefined || (line.value === 'VCALENDAR' && open === undefined)) continue;
    if (open === undefined) {
      if (line.name === 'BEGIN') open = { type: line.value, lines: [] };
    } else if (line.name === 'END' && line.value === open.type) {
      components.push(open);
      open = undefined;
    } else open.lines.push(line);
  }
  if (open !== undefined) throw calendarProblem(`is no calendar: a ${open.type.slice(0, 100)} has no end`);
  return components;
}

/** Undefined for what is no line of a calendar, which readers skip. */
function lineOf(folded: string): Line | undefined {
  const line = folded.replace(/\r?\n[ \t]/g, '').replace(/[\r\u2028\u2029]/g, ' ');
  const [, name = '', params = '', value = ''] = /^([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^":;])*)*):(.*)$/.exec(line) ?? [];
  if (name === '') return undefined;
  const names = params.replace(/;[\w-]+=/g, (param) => param.toUpperCase());
  const isWord = ['BEGIN', 'END', 'STATUS', 'TRANSP', 'RRULE'].includes(name.toUpperCase());
  return { name: name.toUpperCase(), params: names, value: isWord ? value.trim().toUpperCase() : value };
}

function cleanZone({ type, lines }: Component): Component {
  return { type, lines: lines.filter(({ name }) => ofZones.includes(name)) };
}

function cleanEvent({ type, lines }: Component, paramsOf: (date: Line) => string): Component {
  const own = ownLines(lines);
  const uid = own.find(({ name }) => name === 'UID')?.value ?? '';
  if (uid === '') throw calendarProblem('has an event without a UID');
  if (uid.length > longestUid) throw calendarProblem(`has a UID of more than ${longestUid} characters`);
  return { type, lines: own.map((line) => cleanLine(line, paramsOf)) };
}

/** Without alarms, and each once, but for EXDATE. */
function ownLines(lines: readonly Line[]): Line[] {
  const seen = new Set<string>();
  let depth = 0;
  return lines.filter(({ name }) => {
    if (name === 'BEGIN') depth += 1;
    if (name === 'END') depth -= 1;
    if (depth > 0 || !ofEvents.includes(name) || seen.has(name)) return false;
    if (name !== 'EXDATE') seen.add(name);
    return true;
  });
}

function cleanLine(line: Line, paramsOf: (date: Line) => string): Line {
  const { name, value } = line;
  if (dates.includes(name)) return { ...line, params: paramsOf(line) };
  if (name === 'UID') return { name, params: '', value: uidMark + value };
  if (name === 'RRULE') return { name, params: '', value: cleanRule(value) };
  return { name, params: '', value };
}

function dateParams({ params, value }: Line, timeZone: string, known: (name: string) => string): string {
  const named = /;TZID=("[^"]*"|[^;]*)/.exec(params)?.[1]?.replaceAll('"', '');
  const others = params.replace(/;TZID=(?:"[^"]*"|[^;]*)/, '');
  if (named !== undefined && named !== '') return `${others};TZID=${quoted(known(named))}`;
  return /^\d{8}T\d{6}(?:,\d{8}T\d{6})*$/.test(value) ? `${others};TZID=${timeZone}` : others;
}

function quoted(param: string): string {
  return /[:;,]/.test(param) ? `"${param}"` : param;
}

/** Some calendars put a path before the name of a zone: `/citadel.org/20210210_1/Europe/Berlin`. */
function zoneNames(): (name: string) => string {
  const seen = new Map<string, string>();
  return (name) => {
    const parts = name.split('/').slice(-5);
    const found = seen.get(name) ?? parts.map((_, i) => parts.slice(i).join('/')).find(isTimeZone) ?? name;
    seen.set(name, found);
    return found;
  };
}

/** The parser overlooks what stands before FREQ. */
function cleanRule(rule: string): string {
  if (/FREQ=(?:HOUR|MINUTE|SECOND)LY|BY(?:HOUR|MINUTE|SECOND)=[^;]*,/.test(rule)) {
    throw calendarProblem('has an event that recurs more than once a day');
  }
  const parts = rule.split(';');
  return [...parts.filter((p) => p.startsWith('FREQ=')), ...parts.filter((p) => !p.startsWith('FREQ='))].join(';');
}

function isChange({ lines }: Component): boolean {
  return lines.some(({ name }) => name === 'RECURRENCE-ID');
}

function written({ type, lines }: Component): string {
  const body = lines.map(({ name, params, value }) => `${name}${params}:${value}`);
  return [`BEGIN:${type}`, ...body, `END:${type}`].join('\r\n');
}
