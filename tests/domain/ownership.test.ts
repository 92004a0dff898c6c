import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOwner, loadOf } from '../../domain/ownership.ts';
import { takeOwner } from '../../domain/ticket-process.ts';
import { priorities } from '../../domain/ticket.ts';
import { startTicket } from '../../domain/ticket-process.ts';
import { ticketInput } from './ticket-fixtures.ts';

const agents = ['ann', 'bob', 'cleo', 'dan', 'eve'];

describe('who gets a ticket', () => {
  it('is, by load, whoever has least, so that loads never differ by more than one ticket’s', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...priorities), { maxLength: 100 }), (list) => {
        const load = new Map(agents.map((agent) => [agent, 0]));
        list.forEach((priority) => {
          const weight = loadOf({ priority, status: 'new' });
          const candidates = agents.map((user) => ({ user, load: load.get(user) ?? 0, lastGiven: 0 }));
          const owner = chooseOwner({ rule: 'least-loaded' }, candidates, weight) ?? '';
          load.set(owner, (load.get(owner) ?? 0) + weight);
        });
        const heaviest = Math.max(0, ...list.map((priority) => loadOf({ priority, status: 'new' })));
        expect(Math.max(...load.values()) - Math.min(...load.values())).toBeLessThanOrEqual(heaviest);
      }),
    );
  });

  it('is, in turn, whoever has waited longest, and nobody beyond their capacity', () => {
    const candidates = [
      { user: 'ann', load: 0, lastGiven: 9 },
      { user: 'bob', load: 7, lastGiven: 3 },
      { user: 'cleo', load: 2, lastGiven: 5 },
    ];
    expect(chooseOwner({ rule: 'round-robin' }, candidates, 2)).toBe('bob');
    expect(chooseOwner({ rule: 'round-robin', capacity: 8 }, candidates, 2)).toBe('cleo');
    expect(chooseOwner({ rule: 'least-loaded', capacity: 8 }, candidates, 2)).toBe('ann');
    expect(chooseOwner({ rule: 'least-loaded', capacity: 1 }, candidates, 2)).toBeUndefined();
    expect(chooseOwner({ rule: 'on-duty', capacity: 1 }, candidates, 2)).toBe('ann');
    expect(chooseOwner({ rule: 'on-duty' }, [], 2)).toBeUndefined();
  });

  it('does not take a ticket from whoever has become its owner in the meantime', () => {
    const { state } = startTicket(ticketInput({ assignee: null, team: 'team_1' }));
    const owned = takeOwner(state, { user: 'usr_bob', rule: 'on-duty' }, state.ticket.createdAt + 1);
    expect(owned.state.ticket.assignee).toBe('usr_bob');
    expect(owned.events.map((e) => [e.type, e.cause])).toEqual([['ticket.assigned', 'ownership:on-duty']]);
    const late = takeOwner(owned.state, { user: 'usr_ann', rule: 'on-duty' }, state.ticket.createdAt + 2);
    expect([late.state.ticket.assignee, late.events]).toEqual(['usr_bob', []]);
  });
});
