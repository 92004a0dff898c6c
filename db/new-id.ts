import { randomBytes } from 'node:crypto';
import { idOf } from '../domain/ticket-id.ts';

/** Such as `usr_K7Q29MZP4WTX`: 60 random bits after the prefix. */
export function newId(
  prefix:
    | 'usr'
    | 'team'
    | 'cal'
    | 'sla'
    | 'key'
    | 'sch'
    | 'ovr'
    | 'abs'
    | 'esc'
    | 'rtk'
    | 'trn'
    | 'swp'
    | 'ics'
    | 'viw'
    | 'mac'
    | 'art'
    | 'men'
    | 'whk'
    | 'dlv',
): string {
  return `${prefix}_${idOf(randomBytes(16).toString('hex'))}`;
}
