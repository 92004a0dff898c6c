import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slaJson } from '../../api/schemas/sla.ts';
import type { Clock, SlaTerms } from '../../domain/sla.ts';
import { handle, startTicket, tick, type TicketChange, type TicketState } from '../../domain/ticket-process.ts';
import {
  aroundTheClock,
  command,
  customerMessage,
  hour,
  minute,
  reply,
  start,
  ticketInput,
  type BareCommand,
} from '../domain/ticket-fixtures.ts';
import type { DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, tell } from './tickets-by-rest.ts';

type SlaJson = ReturnType<typeof slaJson>;

const at = (ms: number): string => new Date(start + ms).toISOString().replace('.000Z', 'Z');
const none = {
  state: 'none',
  cycle: 0,
  target: null,
  elapsed: 'PT0S',
  remaining: null,
  activatedAt: null,
  dueAt: null,
  breachedAt: null,
  fulfilledAt: null,
  segments: [],
};

/** A ticket of `start` after commands, each so many milliseconds later, as shown at `shownAt`. */
function shown(terms: SlaTerms, commands: readonly [ms: number, bare: BareCommand][], shownAt: number): SlaJson {
  const recorded = new Map<string, Clock>();
  const record = ({ state, events }: TicketChange): TicketState => {
    for (const clock of events.flatMap((e) => e.changes?.clocks ?? [])) recorded.set(clock.name + clock.cycle, clock);
    return state;
  };
  let state = record(startTicket(ticketInput({ sla: terms })));
  for (const [ms, bare] of commands) state = record(handle(state, command(bare, start + ms), start + ms));
  record(tick(state, start + shownAt));
  return slaJson(terms.policy, [...recorded.values()], terms.spans, start + shownAt);
}

describe('the clocks of a ticket', () => {
  it('run from its start, and what nobody has asked for is not there yet', () => {
    const { policy, clocks, history } = shown(aroundTheClock, [], 30 * minute);
    expect(policy).toBe('sla_default');
    expect(history).toEqual([]);
    expect(clocks).toEqual([
      {
        name: 'firstReply',
        cycle: 1,
        state: 'running',
        target: 'PT2H',
        elapsed: 'PT30M',
        remaining: 'PT1H30M',
        activatedAt: at(0),
        dueAt: at(2 * hour),
        breachedAt: null,
        fulfilledAt: null,
        segments: [{ kind: 'run', from: at(0), to: null, elapsed: 'PT30M', cause: 'request-1' }],
      },
      { name: 'nextReply', ...none },
      expect.objectContaining({ name: 'resolution', state: 'running', target: 'PT48H', remaining: 'PT47H30M' }),
    ]);
  });

  it('show every pause, and when each promise was kept', () => {
    const commands: [number, BareCommand][] = [
      [hour, reply('r1')],
      [3 * hour, customerMessage('c1')],
    ];
    const { clocks } = shown(aroundTheClock, commands, 4 * hour);
    expect(clocks).toMatchObject([
      { name: 'firstReply', state: 'fulfilled', elapsed: 'PT1H', fulfilledAt: at(hour), dueAt: at(2 * hour) },
      { name: 'nextReply', state: 'running', elapsed: 'PT1H', remaining: 'PT3H', dueAt: at(7 * hour) },
      {
        name: 'resolution',
        state: 'running',
        elapsed: 'PT2H',
        dueAt: at(50 * hour),
        segments: [
          { kind: 'run', from: at(0), to: at(hour), elapsed: 'PT1H' },
          { kind: 'pause', from: at(hour), to: at(3 * hour), elapsed: 'PT0S' },
          { kind: 'run', from: at(3 * hour), to: null, elapsed: 'PT1H' },
        ],
      },
    ]);
    expect(shown(aroundTheClock, commands.slice(0, 1), 4 * hour).clocks[2]).toMatchObject({
      state: 'paused',
      dueAt: null,
      remaining: 'PT47H',
    });
  });

  it('were breached when they were due, however late that is shown', () => {
    const [firstReply] = shown(aroundTheClock, [], 5 * hour).clocks;
    expect(firstReply).toMatchObject({
      state: 'breached',
      dueAt: at(2 * hour),
      breachedAt: at(2 * hour),
      remaining: 'PT0S',
      elapsed: 'PT5H',
    });
  });

  it('count open time only', () => {
    const terms: SlaTerms = {
      ...aroundTheClock,
      calendar: 'cal_1',
      spans: [
        [start, start + hour],
        [start + 20 * hour, start + 30 * hour],
      ],
      compiledUntil: start + 30 * hour,
    };
    const [firstReply] = shown(terms, [], 20.5 * hour).clocks;
    expect(firstReply).toMatchObject({ elapsed: 'PT1H30M', remaining: 'PT30M', dueAt: at(21 * hour) });
  });

  it('keep earlier promises as history', () => {
    const { clocks, history } = shown(
      aroundTheClock,
      [
        [hour, reply('r1')],
        [2 * hour, customerMessage('c1')],
        [3 * hour, reply('r2')],
        [4 * hour, customerMessage('c2')],
      ],
      5 * hour,
    );
    expect(clocks[1]).toMatchObject({ name: 'nextReply', cycle: 2, state: 'running' });
    expect(history).toMatchObject([{ name: 'nextReply', cycle: 1, state: 'fulfilled', fulfilledAt: at(3 * hour) }]);
  });
});

describe('GET /v1/tickets/{id}/sla', () => {
  let desk: DeskApp;
  beforeAll(async () => {
    desk = await startWorkingDesk();
  });
  afterAll(() => desk.close());

  it('answers alike from the read model and from the workflow', async () => {
    const { id } = await handIn(desk);
    await tell(desk, id, 'messages', { author: 'agent', body: 'An answer' });
    await tell(desk, id, 'messages', { author: 'customer', body: 'A question' });
    const lasting = ({ clocks }: SlaJson) =>
      clocks.map(({ elapsed: _e, remaining: _r, segments, ...clock }) => ({
        ...clock,
        segments: segments.map(({ elapsed: _s, ...segment }) => segment),
      }));
    const workflow = (await desk.call('GET', `/v1/tickets/${id}/sla?source=workflow`)).json<SlaJson>();
    expect(lasting(workflow).map((c) => c.state)).toEqual(['fulfilled', 'none', 'none']);
    await eventually<SlaJson>(desk, `/v1/tickets/${id}/sla`, (read) => {
      expect(lasting(read)).toEqual(lasting(workflow));
      expect(read.policy).toBe('sla_default');
    });
  });
});
