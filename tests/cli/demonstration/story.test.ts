import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Act,
  firstTickets,
  judgement,
  mostOpen,
  newTicket,
  nextAct,
  pause,
  type Scene,
} from '../../../cli/demonstration/story.ts';

const minute = 60_000;
const hour = 60 * minute;

interface Played extends Scene {
  readonly openedAt: number;
  act: Act | undefined;
  at: number;
}

/** What a desk makes of an act, as far as the story goes by it. */
function after({ act, ...scene }: Played, now: number): Scene {
  const due = now + 3 * minute;
  if (act?.by === 'customer') return { ...scene, status: 'open', nextDueAt: due, satisfied: act.type === 'thank' };
  if (act?.type === 'answer') return { ...scene, status: 'pending', nextDueAt: null };
  if (act?.type === 'take') return { ...scene, assignee: 'ann' };
  return { ...scene, status: 'solved', nextDueAt: null };
}

/** Lives through a day in steps of a second, and tells of each act with the ticket as it was. */
function live(
  length: number,
  chance: () => number,
  tell: (ticket: Played, open: number, now: number) => void,
): Played[] {
  let open: Played[] = [];
  let nextAt = 0;
  for (let now = 0; now < length; now += 1000) {
    if (open.length < firstTickets || (open.length < mostOpen && now >= nextAt)) {
      const { subject } = newTicket(new Set(open.map((ticket) => ticket.subject)), chance);
      const scene = { subject, status: 'new', assignee: null, nextDueAt: now + 3 * minute, satisfied: false } as const;
      open.push({ ...scene, openedAt: now, ...planned(scene, now, chance) });
      nextAt = now + pause(chance);
    }
    open = open.flatMap((ticket) => {
      if (ticket.at > now) return [ticket];
      tell(ticket, open.length, now);
      const scene = after(ticket, now);
      return scene.status === 'solved' ? [] : [{ ...scene, openedAt: ticket.openedAt, ...planned(scene, now, chance) }];
    });
  }
  return open;
}

function planned(scene: Scene, now: number, chance: () => number): Pick<Played, 'act' | 'at'> {
  const next = nextAct(scene, now, chance);
  return { act: next?.act, at: next?.at ?? Number.POSITIVE_INFINITY };
}

function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('the desk neither empties nor overflows, and nobody waits for ever', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), (seed) => {
      let [kept, broken, solved] = [0, 0, 0];
      const left = live(6 * hour, chanceOf(seed), (ticket, open, now) => {
        expect(open).toBeLessThanOrEqual(mostOpen);
        if (now > minute) expect(open).toBeGreaterThanOrEqual(firstTickets - 1);
        if (ticket.act?.type === 'solve') solved += 1;
        if (ticket.act?.type !== 'answer') return;
        if (now > (ticket.nextDueAt ?? 0)) broken += 1;
        else kept += 1;
      });
      expect(solved).toBeGreaterThan(100);
      // Somebody is paged now and then, and not all the time.
      expect(broken / (broken + kept)).toBeGreaterThan(0.04);
      expect(broken / (broken + kept)).toBeLessThan(0.25);
      for (const { openedAt } of left) expect(6 * hour - openedAt).toBeLessThan(hour);
    }),
    { numRuns: 15 },
  );
});

test('each does what is theirs to do', () => {
  const statuses = ['new', 'open', 'pending', 'on-hold', 'solved', 'closed'] as const;
  const scene = fc.record({
    subject: fc.constant('Anything'),
    status: fc.constantFrom(...statuses),
    assignee: fc.constantFrom('ann', null),
    nextDueAt: fc.option(fc.nat(2 * hour)),
    satisfied: fc.boolean(),
  });
  fc.assert(
    fc.property(scene, fc.nat(hour), fc.nat(2 ** 31), (scene, now, seed) => {
      const next = nextAct(scene, now, chanceOf(seed));
      if (scene.status === 'solved' || scene.status === 'closed') {
        expect(next).toBeUndefined();
        return;
      }
      const waits = scene.status === 'pending' || scene.status === 'on-hold';
      expect(next?.act.by).toBe(waits ? 'customer' : 'agent');
      expect(next?.at).toBeGreaterThanOrEqual(now);
      if (!waits && scene.assignee === null) expect(next?.act.type).toBe('take');
    }),
  );
});

test('most customers say what they think, most of them well, some in words', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), (seed) => {
      const chance = chanceOf(seed);
      const said = Array.from({ length: 500 }, () => judgement(chance)).filter((one) => one !== undefined);
      const bad = said.filter(({ words }) => words.rating === 'bad');
      const silent = said.filter(({ words }) => words.comment === undefined);
      expect(said.length).toBeGreaterThan(200);
      for (const [part, least, most] of [
        [bad.length, 0.05, 0.3],
        [silent.length, 0.25, 0.6],
      ] as const) {
        expect(part / said.length).toBeGreaterThan(least);
        expect(part / said.length).toBeLessThan(most);
      }
    }),
    { numRuns: 15 },
  );
});
