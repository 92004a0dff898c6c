/** Who has which turn of a layer: in order, or by what everybody has carried so far. */

import type { Span } from './spans.ts';
import type { Staff } from './staff.ts';
import type { Turns } from './turns.ts';

export interface Participation {
  readonly turns: Turns;
  /** People by participant, in order. */
  readonly entries: readonly (readonly string[])[];
  readonly staff: Staff;
}

export interface TurnOwners {
  /** The number of the participant who has a turn that leaves time; null where nobody can have it. */
  ownerOf(turn: number): number | null;
}

export function isPresent(presence: Span | null, at: number): boolean {
  return presence !== null && presence[0] <= at && at < presence[1];
}

/** Turns between which nobody comes or leaves. */
interface Season {
  readonly firstTurn: number;
  readonly liveBefore: number;
  /** Participants with somebody present, in order. */
  readonly present: readonly number[];
  /** Whose turn of `present` the first one is. */
  readonly offset: number;
}

/**
 * One after the other. Who comes is in the order from the next turn on; after somebody has left, it goes on with the one
 * who follows. Any turn is found without those before it.
 */
export class OrderedTurns implements TurnOwners {
  readonly #turns: Turns;
  readonly #seasons: readonly Season[];

  constructor({ turns, entries, staff }: Participation) {
    this.#turns = turns;
    const changes = entries.flat().flatMap((user) => staff.presence(user) ?? []);
    const firstTurns = changes.flatMap((at) => (Number.isFinite(at) ? [firstTurnFrom(turns, at)] : []));
    const seasons: Season[] = [];
    let last = -1;
    for (const firstTurn of [...new Set([0, ...firstTurns])].toSorted((a, b) => a - b)) {
      const liveBefore = turns.liveBefore(firstTurn);
      const before = seasons.at(-1);
      const served = before === undefined ? 0 : liveBefore - before.liveBefore;
      if (before !== undefined && served > 0) last = ownerIn(before, served - 1) ?? last;
      const start = turns.startOf(firstTurn);
      const present = entries.flatMap((users, i) =>
        users.some((user) => isPresent(staff.presence(user), start)) ? [i] : [],
      );
      const next = present.findIndex((entry) => entry > last);
      seasons.push({ firstTurn, liveBefore, present, offset: Math.max(0, next) });
    }
    this.#seasons = seasons;
  }

  ownerOf(turn: number): number | null {
    const season = this.#seasons.findLast(({ firstTurn }) => firstTurn <= turn);
    return season === undefined ? null : ownerIn(season, this.#turns.liveBefore(turn) - season.liveBefore);
  }
}

function ownerIn({ present, offset }: Season, nth: number): number | null {
  return present.length === 0 ? null : (present[(offset + nth) % present.length] as number);
}

function firstTurnFrom(turns: Turns, instant: number): number {
  const turn = turns.at(instant);
  return turn >= 0 && turns.startOf(turn) === instant ? turn : turn + 1;
}

export interface FairParticipation extends Participation {
  /** What a stretch of duty weighs. */
  readonly weigh: (duty: Span) => number;
}

/**
 * Each turn goes to the participant who has carried least, the first of several. Who is absent in a turn, and who has not
 * come yet, is taken to have carried in it what the others have on average: so absences count neither way, and newcomers
 * begin at the group's level.
 */
export class FairTurns implements TurnOwners {
  readonly #rules: FairParticipation;
  readonly #carried = new Map<string, number>();
  /** By turn, as far as it has been given out. */
  readonly #owners: (number | null)[] = [];

  constructor(rules: FairParticipation) {
    this.#rules = rules;
  }

  ownerOf(turn: number): number | null {
    while (this.#owners.length <= turn) this.#owners.push(this.#giveOut(this.#owners.length));
    return this.#owners[turn] ?? null;
  }

  #giveOut(turn: number): number | null {
    const { turns, entries, weigh } = this.#rules;
    const duty = turns.dutyOf(turn);
    if (duty.length === 0) return null;
    const able = entries.flatMap((users, i) => (users.every((user) => this.#isFree(user, duty)) ? [i] : []));
    const [first, ...others] = able;
    if (first === undefined) return null;
    let owner = first;
    for (const other of others) if (this.#loadOf(other) < this.#loadOf(owner)) owner = other;
    const weight = duty.reduce((sum, span) => sum + weigh(span), 0);
    const users = entries[owner] as readonly string[];
    for (const user of users) this.#add(user, weight);
    if (able.length < entries.length) this.#credit(able, weight * users.length);
    return owner;
  }

  /** Those who are not free are taken to have carried what the others have on average. */
  #credit(able: readonly number[], given: number): void {
    const { entries } = this.#rules;
    const free = new Set(able.flatMap((i) => entries[i] as readonly string[]));
    for (const user of new Set(entries.flat())) if (!free.has(user)) this.#add(user, given / free.size);
  }

  /** Of people on duty together, the average. */
  #loadOf(entry: number): number {
    const users = this.#rules.entries[entry] as readonly string[];
    if (users.length === 1) return this.#carried.get(users[0] as string) ?? 0;
    return users.reduce((sum, user) => sum + (this.#carried.get(user) ?? 0), 0) / users.length;
  }

  #add(user: string, weight: number): void {
    this.#carried.set(user, (this.#carried.get(user) ?? 0) + weight);
  }

  #isFree(user: string, duty: readonly Span[]): boolean {
    const { staff } = this.#rules;
    const [[start]] = duty as [Span, ...Span[]];
    if (!isPresent(staff.presence(user), start)) return false;
    return !staff
      .absences(user)
      .some((a) => a.knownAt <= start && duty.some(([from, to]) => a.start < to && from < a.end));
  }
}
