import { Buffer } from 'node:buffer';
import { ValueProblem } from './problems.ts';

/** A key that encrypts what Temporal stores; its id is kept beside every payload, in clear. */
export interface CodecKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** The first key encrypts, all of them decrypt: a new key is put in front, and an old one stays while anything needs it. */
export type CodecKeys = readonly [CodecKey, ...CodecKey[]];

const format = 'right is id:base64-of-32-bytes, more after commas (openssl rand -base64 32 makes one)';

export function codecKeys(text: string): CodecKeys | null {
  if (text.toLowerCase() === 'off') return null;
  const [first, ...rest] = text.split(',').map((part, index) => codecKey(part.trim(), index + 1));
  if (first === undefined) throw new ValueProblem(`no key; ${format}`);
  const keys: CodecKeys = [first, ...rest];
  if (new Set(keys.map((key) => key.id)).size < keys.length) {
    throw new ValueProblem('two keys have the same id; right is an id of its own for each');
  }
  return keys;
}

function codecKey(part: string, position: number): CodecKey {
  const [, id, encoded] = /^([\w.-]{1,64}):([A-Za-z0-9+/_-]+={0,2})$/.exec(part) ?? [];
  if (id === undefined || encoded === undefined) throw new ValueProblem(`key ${position} cannot be read; ${format}`);
  const key = Buffer.from(encoded, 'base64');
  if (key.length === 32) return { id, key };
  throw new ValueProblem(`key ${position} has ${key.length} bytes instead of 32; ${format}`);
}
