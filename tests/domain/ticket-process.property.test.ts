import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArchivedEvent } from '../../domain/events.ts';
import { elapsed } from '../../domain/sla.ts';
import * as process from '../../domain/ticket-process.ts';
import { levels, priorities, ratings } from '../../domain/ticket.ts';
import {
  command,
  customerMessage,
  day,
  minute,
  reply,
  start,
  ticketInput,
  type BareCommand,
} from './ticket-fixtures.ts';

const bare: fc.Arbitrary<BareCommand> = fc.oneof(
  { weight: 3, arbitrary: fc.nat().map((n) => reply(`r${n}`)) },
  { weight: 3, arbitrary: fc.nat().map((n) => customerMessage(`c${n}`)) },
  fc.constant(reply('note', { public: false })),
  fc.constant(customerMessage('auto', { automatic: true })),
  fc.constantFrom<BareCommand>({ type: 'solve' }, { type: 'reopen' }, { type: 'hold' }, { type: 'acknowledge' }),
  fc.constantFrom(...priorities).map((priority): BareCommand => ({ type: 'changePriority', priority })),
  fc
    .record({ rating: fc.constantFrom(...ratings), comment: fc.constantFrom('Quick.', null) })
    .map((said): BareCommand => ({ type: 'rate', ...said })),
  fc.constantFrom(...levels).map((difficulty): BareCommand => ({
    type: 'annotate',
    annotation: { kind: 'product', difficulty, minutes: null, note: null },
  })),
  fc.constantFrom<BareCommand>(
    { type: 'linkBug', bug: { url: 'https://bugs.example.com/1', title: null } },
    { type: 'linkBug', bug: { url: 'https://bugs.example.com/2', title: 'Second' } },
    { type: 'unlinkBug', url: 'https://bugs.example.com/1' },
  ),
  fc.constantFrom('usr_ann', 'usr_bob', null).map((assignee): BareCommand => ({ type: 'assign', assignee })),
);
const life = fc.array(fc.record({ bare, wait: fc.nat({ max: 3 * day }) }), { maxLength: 25 });
const extraTicks = fc.array(fc.nat({ max: 60 * day }), { maxLength: 20 });

interface Lived {
  readonly state: process.TicketState;
  readonly events: readonly ArchivedEvent[];
  readonly refused: number;
  readonly until: number;
}

/** Lives through the commands; `ticks` are moments at which somebody looks at the clock in between. */
function live(steps: readonly { bare: BareCommand; wait: number }[], ticks: readonly number[] = []): Lived {
  const first = process.startTicket(ticketInput());
  let state = first.state;
  const events = [...first.events];
  let at = start;
  let refused = 0;
  const take = (change: process.TicketChange): void => {
    state = change.state;
    events.push(...change.events);
  };
  for (const step of steps) {
    const next = at + step.wait;
    for (const t of ticks
      .map((n) => start + n)
      .filter((t) => t > at && t <= next)
      .toSorted((a, b) => a - b)) {
      take(process.tick(state, t));
    }
    at = next;
    const full = command(step.bare, at);
    if (process.refuse(state, full, at) === undefined) take(process.handle(state, full, at));
    else refused++;
  }
  take(process.tick(state, at));
  return { state, events, refused, until: at };
}

const withoutSeq = (events: readonly ArchivedEvent[]) => events.map(({ type, at, data }) => ({ type, at, data }));

describe('any life of a ticket', () => {
  it('numbers its events without gaps and never dates one before the one before it', () => {
    fc.assert(
      fc.property(life, extraTicks, (steps, ticks) => {
        const { events, state } = live(steps, ticks);
        expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
        expect(state.seq).toBe(events.length);
        expect(events.every((e, i) => i === 0 || e.at >= (events[i - 1]?.at ?? 0))).toBe(true);
      }),
    );
  });

  it('is the same however often somebody looks at the clock', () => {
    fc.assert(
      fc.property(life, extraTicks, (steps, ticks) => {
        const seldom = live(steps);
        const often = live(steps, ticks);
        expect(withoutSeq(often.events)).toEqual(withoutSeq(seldom.events));
        expect(process.rowOf(often.state)).toEqual(process.rowOf(seldom.state));
      }),
    );
  });

  it('can be told again from the changes of its events alone', () => {
    fc.assert(
      fc.property(life, (steps) => {
        const { events, state } = live(steps);
        const row = Object.assign({}, ...events.map((e) => e.changes?.ticket ?? {})) as process.TicketState;
        expect(row).toEqual(process.rowOf(state));
      }),
    );
  });

  it('counts as resolution time exactly the time in which it was neither pending nor solved nor closed', () => {
    fc.assert(
      fc.property(life, (steps) => {
        const { events, state, until } = live(steps);
        let sum = 0;
        let status = 'new';
        let since = start;
        for (const e of events) {
          if (e.type !== 'ticket.status-changed' && e.type !== 'ticket.reopened') continue;
          if (['new', 'open', 'on-hold'].includes(status)) sum += e.at - since;
          status = String(e.data['to']);
          since = e.at;
        }
        if (['new', 'open', 'on-hold'].includes(status)) sum += until - since;
        const resolution = state.sla.clocks.find((c) => c.name === 'resolution');
        expect(resolution && elapsed(resolution, null, until)).toBe(sum);
      }),
    );
  });

  it('is rated only once it has been solved, and otherwise the same as if nobody had rated it', () => {
    fc.assert(
      fc.property(life, (steps) => {
        const { events, state } = live(steps);
        const [solved, rated] = [
          events.findIndex((e) => e.data['to'] === 'solved'),
          events.findIndex((e) => e.type === 'ticket.rated'),
        ];
        if (rated !== -1) expect(solved >= 0 && solved < rated).toBe(true);
        const note = reply('note', { public: false });
        const unrated = live(steps.map((step) => (step.bare.type === 'rate' ? { ...step, bare: note } : step)));
        const { ticket, sla } = unrated.state;
        const { rating, ratingComment, ratedAt, updatedAt: _updated, ...rest } = state.ticket;
        expect({
          ...rest,
          ...{ rating: null, ratingComment: null, ratedAt: null },
          updatedAt: ticket.updatedAt,
        }).toEqual(ticket);
        expect(state.sla).toEqual(sla);
        const last = events.findLast((e) => e.type === 'ticket.rated');
        expect({ rating, comment: ratingComment, ratedAt }).toEqual({
          rating: last?.data['rating'] ?? null,
          comment: last?.data['comment'] ?? null,
          ratedAt: last?.at ?? null,
        });
      }),
    );
  });

  it('breaches a cycle of a clock at most once, and opens one incident for it', () => {
    fc.assert(
      fc.property(life, extraTicks, (steps, ticks) => {
        const breaches = live(steps, ticks)
          .events.filter((e) => e.type === 'sla.breached')
          .map((e) => `${String(e.data['clock'])} ${String(e.data['cycle'])}`);
        expect(new Set(breaches).size).toBe(breaches.length);
      }),
    );
  });

  it('has something to do at the next tick, and nothing before it', () => {
    fc.assert(
      fc.property(life, (steps) => {
        const { state, until } = live(steps);
        const next = process.nextTick(state);
        if (next === null) {
          expect(process.tick(state, until + 400 * day).events).toEqual([]);
          return;
        }
        expect(next.at).toBeGreaterThan(until);
        expect(process.tick(state, next.at - 1).events).toEqual([]);
        expect(process.tick(state, next.at).events.length).toBeGreaterThan(0);
      }),
    );
  });

  it('warns before it breaches, and never after', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 * minute }), (late) => {
        const events = process.tick(process.startTicket(ticketInput()).state, start + 3 * day + late).events;
        const breach = events.findIndex((e) => e.type === 'sla.breached' && e.data['clock'] === 'firstReply');
        expect(events.slice(breach).some((e) => e.type === 'sla.warned' && e.data['clock'] === 'firstReply')).toBe(
          false,
        );
      }),
    );
  });
});
