import type { Calendar } from '../domain/calendar.ts';
import type { IncidentAttributes } from '../domain/escalation-policy.ts';
import type { EscalationPolicy } from '../domain/escalation.ts';
import type { OnCall } from '../domain/on-call.ts';
import type { People } from '../domain/responders.ts';
import type { SlaTerms } from '../domain/sla.ts';
import type { PolicyAttributes } from '../domain/policy-conditions.ts';
import { compileTerms, matchPolicy, noTerms, type SlaPolicy } from '../domain/sla-policy.ts';
import { type ApiKey, environmentKey, hashOf, saveEnvironmentKey } from './api-keys.ts';
import type { Database } from './client.ts';
import { coalesced } from './coalesced.ts';
import { type DeskSnapshot, loadSnapshot } from './desk-snapshot.ts';
import { DutyRoster } from './duty-roster.ts';
import type { RoutingKey } from './routing-keys.ts';
import type { StoredSchedule } from './schedules.ts';
import { deskVersion } from './schema/desk.ts';
import type { Team } from './teams.ts';
import type { User } from './users.ts';

/** Thrown when the configuration is not known, or not known well enough: a request's answer is 503. */
export class DirectoryUnavailableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DirectoryUnavailableError';
  }
}

export interface DirectoryOptions {
  /** How often the desk's version is looked at. */
  readonly pollMs?: number;
  /** How long keys are believed without word from PostgreSQL. */
  readonly keysMaxAgeMs?: number;
  readonly now?: () => number;
  /** Told once for each time that PostgreSQL goes away. */
  readonly onProblem?: (error: unknown) => void;
}

const hour = 60 * 60 * 1000;

/**
 * The desk's configuration in memory, a few seconds old at most while PostgreSQL is there, and kept while it is away:
 * people are paged, and tickets get their terms, by what was known last.
 */
export class Directory {
  readonly #database: Database;
  readonly #options: Required<DirectoryOptions>;
  #snapshot: DeskSnapshot | undefined;
  #roster: DutyRoster | undefined;
  #confirmedAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #away = false;
  #adminKey: ApiKey | undefined;
  #unsavedAdminKey: string | undefined;
  #terms = new Map<string, SlaTerms>();
  #termsHour = 0;

  private constructor(database: Database, options: DirectoryOptions) {
    this.#database = database;
    this.#options = { pollMs: 2000, keysMaxAgeMs: hour, now: Date.now, onProblem: () => {}, ...options };
  }

  /** Loads the configuration and keeps it fresh until closed. Where PostgreSQL is away, it goes on trying. */
  static async open(database: Database, options: DirectoryOptions = {}): Promise<Directory> {
    const directory = new Directory(database, options);
    await directory.#poll();
    return directory;
  }

  /** Undefined for a key that is unknown, revoked or past its end, or whose user is not active any more. */
  apiKeyByHash(hash: string): ApiKey | undefined {
    if (this.#adminKey?.hash === hash) return this.#adminKey;
    const { apiKeys, users } = this.#known();
    const { now, keysMaxAgeMs } = this.#options;
    if (now() - this.#confirmedAt > keysMaxAgeMs) {
      throw new DirectoryUnavailableError('API keys cannot be checked: the database has been away for too long.');
    }
    const key = apiKeys.get(hash);
    if (key === undefined || (key.expiresAt !== null && key.expiresAt.getTime() <= now())) return undefined;
    return key.user === null || users.get(key.user)?.active === true ? key : undefined;
  }

  /** Of the configuration that is known; null before any is. */
  get version(): number | null {
    return this.#snapshot?.version ?? null;
  }

  user(id: string): User | undefined {
    return this.#known().users.get(id);
  }

  /** Undefined for a key that is unknown. */
  routingKey(key: string): RoutingKey | undefined {
    return this.#known().routingKeys.get(hashOf(key));
  }

  /** Everybody, whoever has left included. */
  users(): readonly User[] {
    return [...this.#known().users.values()];
  }

  team(id: string): Team | undefined {
    return this.#known().teams.get(id);
  }

  calendar(id: string): Calendar | undefined {
    return this.#known().calendars.get(id);
  }

  slaPolicy(id: string): SlaPolicy | undefined {
    return this.#known().slaPolicies.get(id);
  }

  slaPolicies(): readonly SlaPolicy[] {
    return [...this.#known().slaPolicies.values()];
  }

  schedules(): readonly StoredSchedule[] {
    return [...this.#known().schedules.values()];
  }

  schedule(id: string): StoredSchedule | undefined {
    return this.#known().schedules.get(id);
  }

  isAway(user: string, at: number): boolean {
    const absences = this.#known().absences.get(user) ?? [];
    return absences.some(({ start, end }) => start.getTime() <= at && at < end.getTime());
  }

  teams(): readonly Team[] {
    return [...this.#known().teams.values()];
  }

  /** Who is on call in a schedule; undefined where there is no such schedule. */
  onCall(schedule: string): OnCall | undefined {
    return this.#duty().onCall(schedule);
  }

  /** The desk's policy for an incident that opens at an instant; undefined where it has none. */
  escalationFor(attributes: IncidentAttributes, at: number): EscalationPolicy | undefined {
    return this.#duty().escalationFor(attributes, at);
  }

  people(): People {
    return this.#known();
  }

  pendingRollouts(): readonly string[] {
    return this.#snapshot?.pendingRollouts ?? [];
  }

  /** The terms for a new ticket: those of the policy named, else of the first that matches. */
  termsFor(attributes: PolicyAttributes, policy: string | undefined, at: number): SlaTerms {
    const id = policy ?? matchPolicy(this.#known().slaPolicies.values(), attributes)?.id;
    if (id === undefined) return noTerms;
    const terms = this.compiledTerms(id, at);
    if (terms === undefined) throw new RangeError(`There is no SLA policy ${id}.`);
    return terms;
  }

  /** A policy's present terms, or undefined where there is no such policy. */
  compiledTerms(id: string, at: number): SlaTerms | undefined {
    const { slaPolicies, calendars } = this.#known();
    const policy = slaPolicies.get(id);
    if (policy === undefined) return undefined;
    const from = Math.floor(at / hour) * hour;
    if (from !== this.#termsHour) this.#terms = new Map();
    this.#termsHour = from;
    const cached = this.#terms.get(id);
    if (cached !== undefined) return cached;
    const calendar = policy.calendar === null ? undefined : calendars.get(policy.calendar);
    const terms = compileTerms(policy, calendar ?? null, from);
    this.#terms.set(id, terms);
    return terms;
  }

  /** Whether a key is the one that this process's environment names. */
  isEnvironmentKey(id: string): boolean {
    return this.#adminKey?.id === id;
  }

  /** Lets an admin in by this key from now on; it is stored, hashed, as soon as PostgreSQL is there. */
  async ensureAdminKey(key: string): Promise<void> {
    const hash = hashOf(key);
    this.#adminKey = environmentKey(hash);
    this.#unsavedAdminKey = hash;
    await this.#attempt(() => this.#saveAdminKey());
  }

  /** Loads what is there now; a write that was committed before the call is seen after it. */
  readonly refresh = coalesced(() => this.#load());

  readonly #lookForChange = coalesced(() => this.#attempt(() => this.#loadChange()));

  /**
   * Sees what other processes committed before the call. Never fails, and waits for nothing while PostgreSQL is known to
   * be away: what is known stays.
   */
  async catchUp(): Promise<void> {
    if (!this.#away) await this.#lookForChange();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.allSettled([this.refresh.settled(), this.#lookForChange.settled()]);
  }

  #duty(): DutyRoster {
    this.#roster ??= new DutyRoster(this.#known());
    return this.#roster;
  }

  #known(): DeskSnapshot {
    if (this.#snapshot !== undefined) return this.#snapshot;
    throw new DirectoryUnavailableError('The configuration is not known yet: the database cannot be reached.');
  }

  async #load(): Promise<void> {
    const snapshot = await loadSnapshot(this.#database);
    if (snapshot.version !== this.#snapshot?.version) this.#terms = new Map();
    this.#snapshot = snapshot;
    this.#roster = undefined;
    this.#confirmedAt = this.#options.now();
  }

  async #loadChange(): Promise<void> {
    const [row] = await this.#database.db.select().from(deskVersion);
    const known = this.#snapshot !== undefined && this.#snapshot.version === (row?.version ?? 0);
    if (known) this.#confirmedAt = this.#options.now();
    else await this.refresh();
  }

  async #poll(): Promise<void> {
    await this.#attempt(async () => {
      if (this.#unsavedAdminKey !== undefined) await this.#saveAdminKey();
      await this.#loadChange();
    });
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#poll(), this.#options.pollMs).unref();
  }

  async #saveAdminKey(): Promise<void> {
    if (this.#unsavedAdminKey === undefined) return;
    await saveEnvironmentKey(this.#database, this.#unsavedAdminKey);
    this.#unsavedAdminKey = undefined;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#away = false;
    } catch (error) {
      if (!this.#away && !this.#closed) this.#options.onProblem(error);
      this.#away = true;
    }
  }
}
