import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseDuration } from '../domain/duration.ts';
import { type Contact, contactTypes, problemsOfUser } from '../domain/user.ts';
import { ValueProblem } from './problems.ts';

/** Parsers of single values. Each throws a `ValueProblem`; those of secrets never repeat what they were given. */

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const label = '[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?';
const hostName = new RegExp(`^${label}(\\.${label})*\\.?$`, 'i');

export function host(text: string): string {
  if (isIP(text) !== 0 || hostName.test(text)) return text;
  throw new ValueProblem(`"${text}" is not a host; right is a name or an IP address, such as 0.0.0.0 or ::1`);
}

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new ValueProblem(`"${text}" cannot be used; right is a whole number from ${least} to ${most}`);
  };
}

export function publicUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new ValueProblem('not a usable address; right is http or https without user and query: https://desk.example');
  }
  return url.href.replace(/\/+$/, '');
}

export function directory(text: string): string {
  return resolve(text);
}

export function secret(text: string): string {
  if (text.length >= 16) return text;
  throw new ValueProblem(`${text.length} characters are too few to sign with; right are at least 16`);
}

export function adminKey(text: string): string {
  if (/^[\x21-\x7e]{8,}$/.test(text)) return text;
  throw new ValueProblem('cannot be sent as a key; right are at least 8 printable ASCII characters without spaces');
}

export function databaseUrl(text: string): string {
  const protocol = URL.parse(text)?.protocol;
  if (protocol === 'postgres:' || protocol === 'postgresql:') return text;
  throw new ValueProblem('not an address of PostgreSQL; right is postgres://user:password@host:5432/database');
}

export function duration(text: string): number {
  let ms: number;
  try {
    ms = parseDuration(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ValueProblem(`${error.message}; right is for example PT5M or P7D`);
  }
  if (ms >= 1000) return ms;
  throw new ValueProblem(`"${text}" is too short; right is at least PT1S`);
}

const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

export function size(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(digits) * (unitBytes[unit.toLowerCase()] ?? Number.NaN));
  if (digits !== '' && bytes >= 1 && Number.isSafeInteger(bytes)) return bytes;
  throw new ValueProblem(`"${text}" is not a size; right is a number of bytes, or for example 25MB or 25MiB`);
}

/** Temporal's names: of a namespace, of a task queue. */
export function temporalName(text: string): string {
  if (/^[\w.:/-]{1,200}$/.test(text)) return text;
  throw new ValueProblem(`"${text}" cannot be a name; right are up to 200 letters, digits and . _ : / -`);
}

export function logLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text.toLowerCase());
  if (level !== undefined) return level;
  throw new ValueProblem(`"${text}" is not a level; right is one of ${logLevels.join(', ')}`);
}

/** An address of a service, used as it is. */
export function webAddress(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new ValueProblem(`"${text}" is no http or https address`);
}

export function smtpUrl(text: string): string {
  if (/^smtps?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new ValueProblem('not an address of a mail server; right is smtps://user:password@mail.example.com');
}

/** What another system gave out to be known by. */
export function token(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new ValueProblem('not as such are given out: right are printable ASCII characters without spaces');
}

/** Several, separated by commas. */
export function tokens(text: string): string[] {
  return text.split(',').map((word) => token(word.trim()));
}

export function mailAddress(text: string): string {
  if (/^[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+$/.test(text)) return text;
  throw new ValueProblem(`"${text}" is no mail address; right is for example admin@example.com`);
}

/** Who mails come from, such as `Vigil <vigil@example.com>`. */
export function mailSender(text: string): string {
  if (/^(?:[^<>@]+<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(text)) return text;
  throw new ValueProblem(`"${text}" is no sender; right is for example Vigil <vigil@example.com>`);
}

/** A type of contact and its address, such as `mail:desk@example.com`. */
export function contact(text: string): Contact {
  const [type = '', ...rest] = text.split(':');
  const found = contactTypes.find((known) => known === type);
  const address = rest.join(':');
  const problems = found === undefined ? [] : problemsOfUser({ contacts: [{ type: found, address }] });
  if (found === undefined)
    throw new ValueProblem(`"${type}" is no contact; right is one of ${contactTypes.join(', ')}`);
  if (problems[0] !== undefined) throw new ValueProblem(problems[0].message);
  return { type: found, address };
}
