/** Who has which turn of a layer, and when. */

import { weightOf } from './duty-weight.ts';
import { parseInstant } from './instant.ts';
import { weeklyWindows } from './restrictions.ts';
import type { RotationLayer } from './schedule.ts';
import type { Span } from './spans.ts';
import type { Staff } from './staff.ts';
import { FairTurns, isPresent, OrderedTurns, type TurnOwners } from './turn-owners.ts';
import { Turns } from './turns.ts';
import type { Zone } from './wall-clock.ts';

/** What put people on duty, by its number in the schedule. */
export type DutySource = { readonly layer: number } | { readonly override: number };

/** Duty that nothing changes from `start` up to `end`. */
export interface Duty {
  readonly start: number;
  readonly end: number;
  /** At least one. */
  readonly users: readonly string[];
  readonly shadows: readonly string[];
  readonly source: DutySource;
  /** Of the layer: turns are told apart, even where one person has both. Null for an override's. */
  readonly turn: number | null;
}

/** A layer that was read once to be asked many times. */
export interface Rota {
  /** Ascending, without overlaps; nothing where nobody has duty. */
  between(from: number, to: number): Duty[];
}

interface ShadowTime {
  readonly user: string;
  readonly from: number;
  readonly until: number;
}

/** A layer of turns, without problems. */
export class LayerRota implements Rota {
  readonly #entries: readonly (readonly string[])[];
  readonly #turns: Turns;
  readonly #owners: TurnOwners;
  readonly #shadows: readonly ShadowTime[];
  readonly #source: DutySource;
  readonly #staff: Staff;
  /** Instants at which a participant or a shadow comes or leaves. */
  readonly #changes: readonly number[];
  readonly #until: number;

  /** `joins`: since when participants have turns who did not have them from the beginning. */
  constructor(
    layer: RotationLayer,
    source: DutySource,
    zone: Zone,
    everybody: Staff,
    joins: ReadonlyMap<string, number> = new Map(),
  ) {
    const staff: Staff = {
      ...everybody,
      presence: (user) => since(everybody.presence(user, layer.eligible), joins.get(user)),
    };
    const { rotation, participants, restrictions, until, weights, shadows = [] } = layer;
    this.#entries = participants.map((p) => [...new Set(typeof p === 'string' ? [p] : p)]);
    this.#source = source;
    this.#staff = staff;
    this.#until = instantOf(until, Infinity);
    this.#turns = new Turns({
      zone,
      type: rotation.type,
      shiftLength: rotation.shiftLength,
      start: instantOf(rotation.start, -Infinity),
      until: this.#until,
      windows: weeklyWindows(restrictions),
    });
    const rules = { turns: this.#turns, entries: this.#entries, staff };
    this.#owners =
      layer.fair === true
        ? new FairTurns({ ...rules, weigh: ([from, to]) => weightOf(zone, from, to, weights) })
        : new OrderedTurns(rules);
    this.#shadows = shadows.map((s) =>
      typeof s === 'string'
        ? { user: s, from: -Infinity, until: Infinity }
        : { user: s.user, from: instantOf(s.from, -Infinity), until: instantOf(s.until, Infinity) },
    );
    this.#changes = [
      ...this.#entries.flat().flatMap((user) => staff.presence(user) ?? []),
      ...this.#shadows.flatMap(({ from, until }) => [from, until]),
    ].filter(Number.isFinite);
  }

  between(from: number, to: number): Duty[] {
    const duty: Duty[] = [];
    const end = Math.min(to, this.#until);
    for (let turn = Math.max(0, this.#turns.at(from)); this.#turns.startOf(turn) < end; turn += 1) {
      const spans = this.#turns.dutyOf(turn).filter((span) => from < span[1] && span[0] < end);
      const owner = spans.length === 0 ? null : this.#owners.ownerOf(turn);
      if (owner === null) continue;
      const users = this.#entries[owner] as readonly string[];
      for (const span of spans) {
        this.#cut(duty, { start: Math.max(span[0], from), end: Math.min(span[1], end), users, turn });
      }
    }
    return duty;
  }

  /** Adds what is the same all the time: people come and leave, shadows too, in the middle of a turn. */
  #cut(duty: Duty[], { start, end, users, turn }: Pick<Duty, 'start' | 'end' | 'users' | 'turn'>): void {
    const cuts = [start, ...this.#changesBetween(start, end), end];
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const from = cuts[i] as number;
      const there = users.every((user) => this.#isThere(user, from))
        ? users
        : users.filter((user) => this.#isThere(user, from));
      if (there.length === 0) continue;
      const shadows = this.#shadows
        .filter((s) => s.from <= from && from < s.until && !there.includes(s.user))
        .map((s) => s.user);
      duty.push({ start: from, end: cuts[i + 1] as number, users: there, shadows, source: this.#source, turn });
    }
  }

  #isThere(user: string, at: number): boolean {
    return isPresent(this.#staff.presence(user), at);
  }

  #changesBetween(start: number, end: number): readonly number[] {
    const within = this.#changes.filter((at) => start < at && at < end);
    return within.length < 2 ? within : [...new Set(within)].toSorted((a, b) => a - b);
  }
}

function since(presence: Span | null, joined: number | undefined): Span | null {
  if (presence === null || joined === undefined) return presence;
  return joined < presence[1] ? [Math.max(presence[0], joined), presence[1]] : null;
}

function instantOf(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : (parseInstant(text) ?? otherwise);
}
