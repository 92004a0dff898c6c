import { describe, expect, it } from 'vitest';
import { clockNamed, elapsed, handOver, stateOf } from '../../domain/sla.ts';
import * as process from '../../domain/ticket-process.ts';
import type { TicketChange, TicketState } from '../../domain/ticket-process.ts';
import {
  agent,
  aroundTheClock,
  command,
  customerMessage,
  day,
  hour,
  minute,
  newTicket,
  reply,
  start,
  ticketInput,
  type BareCommand,
} from './ticket-fixtures.ts';

function after(state: TicketState, bare: BareCommand, at: number): TicketChange {
  const full = command(bare, at);
  expect(process.refuse(state, full, at)).toBeUndefined();
  return process.handle(state, full, at);
}

const types = (change: TicketChange): string[] => change.events.map((e) => e.type);
const clock = (state: TicketState, name: 'firstReply' | 'nextReply' | 'resolution') => {
  const found = clockNamed(state.sla, name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

describe('a new ticket', () => {
  it('is new, owes a first reply and a resolution, and tells it in numbered events', () => {
    const { state, events } = process.startTicket(ticketInput());
    expect(state.ticket.status).toBe('new');
    expect(events.map((e) => [e.seq, e.type])).toEqual([
      [1, 'ticket.created'],
      [2, 'message.added'],
      [3, 'sla.activated'],
      [4, 'sla.activated'],
    ]);
    expect(process.rowOf(state)).toMatchObject({ nextDueAt: start + 2 * hour, nextDueClock: 'firstReply' });
    expect(events.at(-1)?.changes?.ticket).toEqual(process.rowOf(state));
  });

  it('warns at 50, 75 and 90 % and is breached at its due instant, however late that is noticed', () => {
    const { state, events, effects } = process.tick(newTicket(), start + 5 * hour);
    const told = events.map((e) => [e.type, e.at - start, e.data['fraction']]);
    expect(told).toEqual([
      ['sla.warned', hour, 0.5],
      ['sla.warned', 1.5 * hour, 0.75],
      ['sla.warned', 1.8 * hour, 0.9],
      ['sla.breached', 2 * hour, undefined],
    ]);
    expect(clock(state, 'firstReply')).toMatchObject({ breachedAt: start + 2 * hour, dueAt: start + 2 * hour });
    expect(effects).toEqual([
      {
        type: 'openIncident',
        id: 'K7Q29MZP4WTX-FR1',
        subject: {
          ticket: 'K7Q29MZP4WTX',
          reason: 'First reply breached',
          dueAt: start + 2 * hour,
          priority: 'normal',
          level: 1,
          team: null,
          assignee: null,
        },
      },
    ]);
    expect(process.tick(state, start + 6 * hour).events).toEqual([]);
  });

  it('is in time one millisecond before it is due, and breached at it', () => {
    const inTime = after(newTicket(), reply('r'), start + 2 * hour - 1);
    expect(stateOf(clock(inTime.state, 'firstReply'))).toBe('fulfilled');
    const late = after(newTicket(), reply('r'), start + 2 * hour);
    expect(stateOf(clock(late.state, 'firstReply'))).toBe('breached');
    expect(types(late)).toContain('sla.breached');
    expect(late.effects.map((e) => e.type)).toEqual(['openIncident', 'tellIncident']);
  });
});

describe('messages', () => {
  it('notes and automatic messages fulfil nothing and change no state', () => {
    for (const more of [{ public: false }, { automatic: true }]) {
      const { state } = after(newTicket(), reply('n', more), start + minute);
      expect(state.ticket).toMatchObject({ status: 'new', firstRepliedAt: null });
      expect(stateOf(clock(state, 'firstReply'))).toBe('running');
    }
  });

  it('an automatic message of the customer reopens nothing', () => {
    const { state: solved } = after(newTicket(), { type: 'solve' }, start + minute);
    const { state } = after(solved, customerMessage('ooo', { automatic: true }), start + hour);
    expect(state.ticket.status).toBe('solved');
  });

  it('a reply makes it the customer’s turn and pauses the resolution; the answer resumes it', () => {
    const replied = after(newTicket(), reply('r'), start + hour).state;
    expect(replied.ticket).toMatchObject({ status: 'pending', firstRepliedAt: start + hour });
    expect(stateOf(clock(replied, 'resolution'))).toBe('paused');
    const answered = after(replied, customerMessage('c'), start + 10 * hour).state;
    expect(answered.ticket.status).toBe('open');
    expect(clock(answered, 'resolution').dueAt).toBe(start + 2 * day + 9 * hour);
    expect(clock(answered, 'nextReply').dueAt).toBe(start + 14 * hour);
  });

  it('the next reply is owed from the oldest unanswered message', () => {
    let state = after(newTicket(), reply('r'), start + hour).state;
    state = after(state, customerMessage('c1'), start + 2 * hour).state;
    state = after(state, customerMessage('c2'), start + 3 * hour).state;
    expect(clock(state, 'nextReply').dueAt).toBe(start + 6 * hour);
    state = after(state, reply('r2'), start + 4 * hour).state;
    state = after(state, customerMessage('c3'), start + 5 * hour).state;
    expect(clock(state, 'nextReply')).toMatchObject({ cycle: 2, dueAt: start + 9 * hour });
  });

  it('counts a customer’s message from when it was received, not from when it was handled', () => {
    const replied = after(newTicket(), reply('r'), start + hour).state;
    const late = { ...command(customerMessage('c'), start + 2 * hour) };
    const { state } = process.handle(replied, late, start + 9 * hour);
    expect(clock(state, 'nextReply').dueAt).toBe(start + 6 * hour);
    const ticked = process.tick(state, start + 9 * hour);
    expect(ticked.events.find((e) => e.type === 'sla.breached')?.at).toBe(start + 6 * hour);
  });
});

describe('solved, reopened, closed', () => {
  it('a reopen is counted, starts a new resolution clock, and keeps what has elapsed', () => {
    const solved = after(newTicket(), { type: 'solve' }, start + 5 * hour).state;
    expect(stateOf(clock(solved, 'resolution'))).toBe('fulfilled');
    const reopened = after(solved, customerMessage('c'), start + 30 * hour).state;
    expect(reopened.ticket).toMatchObject({ status: 'open', reopenCount: 1, solvedAt: null });
    const resolution = clock(reopened, 'resolution');
    expect(resolution).toMatchObject({ cycle: 2, carried: 5 * hour, dueAt: start + 30 * hour + 43 * hour });
    expect(elapsed(resolution, null, start + 31 * hour)).toBe(6 * hour);
    expect(clock(reopened, 'nextReply').dueAt).toBe(start + 34 * hour);
  });

  it('closes by itself, dated when it was due, and then refuses everything', () => {
    const solved = after(newTicket(), { type: 'solve' }, start + hour).state;
    const late = command(reply('r'), start + 9 * day);
    expect(process.refuse(solved, late, start + 9 * day)).toMatch(/closed/);
    const { state, events } = process.tick(solved, start + 9 * day);
    expect(state.ticket).toMatchObject({ status: 'closed', closedAt: start + hour + 7 * day });
    expect(events.at(-1)).toMatchObject({ at: start + hour + 7 * day, data: { from: 'solved', to: 'closed' } });
    expect(process.nextTick(state)).toBeNull();
  });

  it('a message received before the closing reopens, even when it is handled after', () => {
    const solved = after(newTicket(), { type: 'solve' }, start).state;
    const received = command(customerMessage('c'), start + 6 * day);
    expect(process.refuse(solved, received, start + 8 * day)).toBeUndefined();
    expect(process.handle(solved, received, start + 8 * day).state.ticket.status).toBe('open');
  });

  it('refuses what the table does not have, and says why', () => {
    const refused = (state: TicketState, bare: BareCommand) => process.refuse(state, command(bare, start), start);
    const solved = after(newTicket(), { type: 'solve' }, start).state;
    expect(refused(solved, { type: 'solve' })).toMatch(/solved cannot take "solve"/);
    expect(refused(solved, { type: 'hold' })).toMatch(/cannot take "hold"/);
    expect(refused(solved, { type: 'acknowledge' })).toMatch(/nothing to acknowledge/);
    expect(refused(newTicket(), { type: 'reopen' })).toMatch(/new cannot take "reopen"/);
    expect(refused(newTicket(), { type: 'merge', into: 'K7Q29MZP4WTX' })).toMatch(/itself/);
  });
});

describe('changes of the terms', () => {
  it('a stricter priority keeps what has elapsed and is breached no earlier than it was made', () => {
    const at = start + 90 * minute;
    const { state } = after(newTicket(), { type: 'changePriority', priority: 'high' }, at);
    expect(clock(state, 'firstReply').dueAt).toBe(start + hour);
    const { events } = process.tick(state, at);
    expect(events.filter((e) => e.type === 'sla.breached')).toMatchObject([
      { at, data: { dueAt: new Date(start + hour).toISOString() } },
    ]);
  });

  it('a stricter priority set while the clock rests is broken when it runs again', () => {
    const pending = after(newTicket(), reply('r'), start + 20 * hour).state;
    const stricter = after(pending, { type: 'changePriority', priority: 'urgent' }, start + 30 * hour).state;
    const { state } = after(stricter, customerMessage('c'), start + 40 * hour);
    const breaches = process.tick(state, start + 40 * hour).events.filter((e) => e.type === 'sla.breached');
    expect(breaches).toMatchObject([{ at: start + 40 * hour, data: { clock: 'resolution' } }]);
  });

  it('a milder priority moves the due instant and warns again', () => {
    const warned = process.tick(newTicket(), start + hour).state;
    const { state } = after(warned, { type: 'changePriority', priority: 'low' }, start + 90 * minute);
    expect(clock(state, 'firstReply').dueAt).toBe(start + 8 * hour);
    expect(process.nextTick(state)?.at).toBe(start + 4 * hour);
  });

  it('another calendar counts only from its change on', () => {
    const spans = [[start + 3 * hour, start + 5 * hour]] as const;
    const terms = { ...aroundTheClock, calendar: 'cal_1', spans, compiledUntil: start + 5 * hour };
    const { state } = process.newTerms(newTicket(), terms, { actor: agent, cause: 'edit' }, start + hour);
    expect(clock(state, 'firstReply').dueAt).toBe(start + 4 * hour);
    expect(clock(state, 'resolution').dueAt).toBeNull();
  });
});

describe('merging', () => {
  it('closes the one, and the other takes its conversation’s stricter clock', () => {
    const urgent = newTicket({ id: 'AAAAAAAAAAAA', priority: 'urgent' });
    const { state: merged } = after(urgent, { type: 'merge', into: 'K7Q29MZP4WTX' }, start + minute);
    expect(merged.ticket).toMatchObject({ status: 'closed', mergedInto: 'K7Q29MZP4WTX' });
    const pending = after(newTicket(), reply('r'), start + minute).state;
    const from = { ticket: 'AAAAAAAAAAAA', clocks: handOver(urgent.sla, start + 2 * minute), actor: agent };
    const { state } = process.absorb(pending, from, start + 2 * minute);
    expect(state.ticket.status).toBe('open');
    expect(clock(state, 'firstReply').dueAt).toBe(start + 30 * minute);
    expect(clock(state, 'resolution').dueAt).toBe(start + 8 * hour);
  });

  it('what has elapsed in the other ticket’s calendar is kept, however little the own one knows of the past', () => {
    const at = start + 30 * hour;
    const terms = {
      ...aroundTheClock,
      calendar: 'cal_1',
      spans: [[at, at + 9 * day]] as const,
      compiledUntil: at + 9 * day,
    };
    const target = after(newTicket({ receivedAt: at, sla: terms }), reply('r'), at + minute).state;
    const from = { ticket: 'AAAAAAAAAAAA', clocks: handOver(newTicket().sla, at + hour), actor: agent };
    const { state } = process.absorb(target, from, at + hour);
    expect(clock(state, 'resolution').dueAt).toBe(start + 2 * day);
  });
});

describe('a rating', () => {
  const good = { type: 'rate', rating: 'good', comment: 'Quick.' } as const;
  const solved = after(newTicket(), { type: 'solve' }, start + minute).state;

  it('is the customer’s word on a solved ticket, and moves neither its state nor its clocks', () => {
    const { state, events } = after(solved, good, start + hour);
    expect(events).toMatchObject([
      { type: 'ticket.rated', at: start + hour, data: { rating: 'good', comment: 'Quick.', from: null } },
    ]);
    expect(process.rowOf(state)).toEqual({
      ...process.rowOf(solved),
      ...{ rating: 'good', ratingComment: 'Quick.', ratedAt: start + hour, updatedAt: start + hour },
    });
    expect(state).toMatchObject({ sla: solved.sla, closeAt: solved.closeAt });
  });

  it('gives way to a later one, and is told once where it is the same', () => {
    const { state } = after(solved, good, start + hour);
    expect(after(state, good, start + 2 * hour).events).toEqual([]);
    const { events } = after(state, { type: 'rate', rating: 'bad', comment: null }, start + 2 * hour);
    expect(events).toMatchObject([{ data: { rating: 'bad', comment: null, from: 'good' } }]);
    expect(events[0]?.changes?.ticket).toMatchObject({ rating: 'bad', ratingComment: null, ratedAt: start + 2 * hour });
  });

  it('waits for the first solution, outlasts a reopening, and comes too late for a closed ticket', () => {
    const refused = (state: TicketState, at: number) => process.refuse(state, command(good, at), at);
    expect(refused(newTicket(), start)).toBe('The ticket is new: it can be rated once it has been solved.');
    const reopened = after(after(solved, good, start + hour).state, { type: 'reopen' }, start + 2 * hour).state;
    expect(reopened.ticket).toMatchObject({ status: 'open', rating: 'good' });
    expect(refused(reopened, start + 3 * hour)).toBeUndefined();
    expect(refused(solved, start + 30 * day)).toBe('The ticket is closed, and a closed ticket cannot change.');
  });

  it('is taken by tickets that began before there were ratings', () => {
    const { rating: _r, ratingComment: _c, ratedAt: _a, ...ticket } = solved.ticket;
    const { state, events } = after({ ...solved, ticket: ticket as TicketState['ticket'] }, good, start + hour);
    expect(events[0]?.data).toEqual({ rating: 'good', comment: 'Quick.', from: null });
    expect(state.ticket).toMatchObject({ rating: 'good', ratedAt: start + hour });
  });
});

describe('an annotation', () => {
  const annotation = { kind: 'user-error', difficulty: 1, minutes: 10, note: 'The docs say it.' } as const;

  it('says what the ticket was, until it closes, and moves nothing', () => {
    const solved = after(newTicket(), { type: 'solve' }, start + minute).state;
    const { state, events } = after(solved, { type: 'annotate', annotation }, start + hour);
    expect(events).toMatchObject([{ type: 'ticket.annotated', actor: agent, data: annotation }]);
    expect(process.rowOf(state)).toEqual({ ...process.rowOf(solved), annotation, updatedAt: start + hour });
    expect(after(state, { type: 'annotate', annotation: { ...annotation } }, start + 2 * hour).events).toEqual([]);
    const late = command({ type: 'annotate', annotation }, start + 30 * day);
    expect(process.refuse(solved, late, start + 30 * day)).toMatch('closed');
  });

  it('gives way to a later one', () => {
    const { state } = after(newTicket(), { type: 'annotate', annotation }, start + hour);
    const other = { ...annotation, difficulty: 3, note: null } as const;
    const { events } = after(state, { type: 'annotate', annotation: other }, start + 2 * hour);
    expect(events.at(-1)?.changes?.ticket).toMatchObject({ annotation: other });
  });
});

describe('a linked bug', () => {
  const bug = (n: number) => ({ url: `https://bugs.example.com/${n}`, title: n === 1 ? 'Labels to Norway' : null });
  const link = (n: number): BareCommand => ({ type: 'linkBug', bug: bug(n) });

  it('is linked once, and can be taken away', () => {
    const { state, events } = after(newTicket(), link(1), start + minute);
    expect(events).toMatchObject([{ type: 'ticket.bug-linked', data: bug(1), changes: {} }]);
    expect(after(state, link(1), start + 2 * minute).events).toEqual([]);
    const two = after(state, link(2), start + 2 * minute).state;
    expect(two.ticket.linkedBugs).toEqual([bug(1), bug(2)]);
    const gone = after(two, { type: 'unlinkBug', url: bug(1).url }, start + 3 * minute);
    expect(gone.events).toMatchObject([{ type: 'ticket.bug-unlinked', data: bug(1) }]);
    expect(gone.state.ticket.linkedBugs).toEqual([bug(2)]);
    expect(after(gone.state, { type: 'unlinkBug', url: bug(1).url }, start + 4 * minute).events).toEqual([]);
  });

  it('is one of fifty at most', () => {
    let state = newTicket();
    for (let n = 1; n <= 50; n++) state = after(state, link(n), start + n).state;
    expect(process.refuse(state, command(link(51), start + 2 * minute), start + 2 * minute)).toMatch('50 bugs');
  });

  it('is taken by tickets that began before there were any', () => {
    const state = newTicket();
    const { linkedBugs: _none, ...ticket } = state.ticket;
    const old = { ...state, ticket: ticket as TicketState['ticket'] };
    expect(after(old, link(1), start + minute).state.ticket.linkedBugs).toEqual([bug(1)]);
    expect(after(old, { type: 'unlinkBug', url: bug(1).url }, start + minute).events).toEqual([]);
  });
});
