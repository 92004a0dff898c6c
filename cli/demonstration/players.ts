import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from '../servers/cache.ts';
import { ApiClient, type ListedTicket } from './api-client.ts';
import { Company, type Cast } from './company.ts';
import { startPager } from './pager.ts';
import {
  type Act,
  type Chance,
  firstTickets,
  judgement,
  type Judgement,
  mostOpen,
  newTicket,
  nextAct,
  pause,
  reaction,
} from './story.ts';

const beatMs = 1000;

/** What is to happen to a ticket, unless it is found changed before. */
interface Planned {
  readonly act: Act;
  readonly at: number;
  readonly seenIn: string;
}

export interface Players {
  readonly stop: () => Promise<void>;
}

export interface Stage {
  readonly api: string;
  readonly adminKey: string;
  readonly say: Say;
}

/**
 * Plays customers and agents through the API, as anybody would use it, until it is stopped. It begins anew with whatever
 * it finds there, and tries again what fails: the desk may just be starting again.
 */
export async function startPlayers({ api, adminKey, say }: Stage, chance: Chance = Math.random): Promise<Players> {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Where nobody acknowledges, the next is paged.
  const pager = await startPager((url) => void acknowledge(url, chance, signal).catch(() => undefined));
  const company = new Company(new ApiClient(api, adminKey));

  async function play(): Promise<void> {
    let desk: DeskInPlay | undefined;
    let trouble = '';
    while (!signal.aborted) {
      try {
        desk ??= new DeskInPlay(await company.gather(pager.address), chance);
        await desk.beat(Date.now());
        trouble = '';
      } catch (error) {
        const { message } = error as Error;
        if (message !== trouble && !signal.aborted) say(`The demonstration waits: ${message}`);
        trouble = message;
      }
      await sleep(beatMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const playing = play();
  return {
    stop: async () => {
      stopping.abort();
      await playing;
      await company.leave();
      await pager.close();
    },
  };
}

async function acknowledge(url: string, chance: Chance, signal: AbortSignal): Promise<void> {
  const after = reaction(chance);
  if (after === null) return;
  await sleep(after, undefined, { signal });
  await fetch(url, { method: 'POST', signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]) });
}

class DeskInPlay {
  readonly #cast: Cast;
  readonly #chance: Chance;
  readonly #planned = new Map<string, Planned>();
  readonly #satisfied = new Set<string>();
  readonly #judgements = new Map<string, Judgement & { readonly at: number }>();
  #nextTicketAt = 0;

  constructor(cast: Cast, chance: Chance) {
    this.#cast = cast;
    this.#chance = chance;
  }

  async beat(now: number): Promise<void> {
    const { admin, team } = this.#cast;
    const open = await admin.openTickets();
    this.#forgetAllBut(new Set(open.map(({ id }) => id)));
    if (open.length < firstTickets || (open.length < mostOpen && now >= this.#nextTicketAt)) {
      const asked = new Set(open.map(({ subject }) => subject));
      await admin.post('/v1/tickets', { ...newTicket(asked, this.#chance), team, channel: 'web' });
      this.#nextTicketAt = now + pause(this.#chance);
    }
    for (const ticket of open) await this.#carryOn(ticket, now);
    await this.#judge(now);
  }

  async #carryOn(ticket: ListedTicket, now: number): Promise<void> {
    const { id, status, assignee, updatedAt } = ticket;
    const seenIn = `${status} ${assignee} ${ticket.lastCustomerMessageAt}`;
    let planned = this.#planned.get(id);
    if (planned?.seenIn !== seenIn) {
      const due = ticket.nextDueAt === null ? null : Date.parse(ticket.nextDueAt);
      const scene = { ...ticket, nextDueAt: due, satisfied: this.#satisfied.has(id) };
      const next = nextAct(scene, Math.max(now, Date.parse(updatedAt)), this.#chance);
      if (next === undefined) return;
      planned = { ...next, seenIn };
      this.#planned.set(id, planned);
    }
    if (planned.at > now) return;
    this.#planned.delete(id);
    await this.#perform(ticket, planned.act);
  }

  async #perform({ id, assignee }: ListedTicket, act: Act): Promise<void> {
    const path = `/v1/tickets/${id}`;
    const { admin, agents } = this.#cast;
    if (act.by === 'customer') {
      if (act.type === 'thank') this.#satisfied.add(id);
      await admin.post(`${path}/messages`, { author: 'customer', body: act.body });
      return;
    }
    const everybody = [...agents.keys()];
    const agent = assignee ?? everybody[Math.floor(this.#chance() * everybody.length)] ?? '';
    const by = agents.get(agent) ?? admin;
    if (act.type === 'answer') await by.post(`${path}/messages`, { author: 'agent', body: act.body });
    else if (act.type === 'take') await by.post(`${path}/assign`, { assignee: agent });
    else {
      await by.post(`${path}/solve`, {});
      const said = judgement(this.#chance);
      if (said !== undefined) this.#judgements.set(id, { ...said.words, at: Date.now() + said.after });
    }
  }

  async #judge(now: number): Promise<void> {
    const due = [...this.#judgements].filter(([, { at }]) => at <= now);
    for (const [id, { at: _due, ...said }] of due) {
      this.#judgements.delete(id);
      await this.#cast.admin.post(`/v1/tickets/${id}/rate`, said);
    }
  }

  #forgetAllBut(open: ReadonlySet<string>): void {
    for (const id of this.#planned.keys()) if (!open.has(id)) this.#planned.delete(id);
    for (const id of this.#satisfied) if (!open.has(id)) this.#satisfied.delete(id);
  }
}
