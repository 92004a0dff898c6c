import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../../domain/escalation.ts';
import type { IncidentRow } from '../../domain/events.ts';
import * as process from '../../domain/incident-process.ts';
import type { IncidentChange, IncidentState } from '../../domain/incident-process.ts';
import { agent, minute, start } from './ticket-fixtures.ts';

const by = { actor: agent, cause: 'request-1' };
const policy = builtInPolicy(5 * minute, 2);
const subject = {
  ticket: 'K7Q29MZP4WTX',
  reason: 'First reply breached',
  dueAt: start,
  priority: 'high',
  level: 1,
  team: 'team_1',
  assignee: agent.id,
} as const;
const opened = () => process.openIncident('K7Q29MZP4WTX-FR1', subject, policy, start + 1000);
const types = (change: IncidentChange): string[] => change.events.map((e) => e.type);

describe('an incident', () => {
  it('carries when it was due, and waits for the first step', () => {
    const { state, events } = opened();
    expect(state.row).toMatchObject({ status: 'triggered', dueAt: start, openedAt: start + 1000, step: 1, round: 1 });
    expect(state.deadline).toBe(start + 1000 + 5 * minute);
    expect(events[0]?.changes?.incident).toEqual(state.row);
  });

  it('goes through all steps of all rounds, and then says that nobody is left', () => {
    let { state } = opened();
    const positions = [];
    for (;;) {
      positions.push([state.row.round, state.row.step]);
      const next = process.escalate(state, state.deadline ?? 0);
      state = next.state;
      if (next.page) continue;
      expect(types(next)).toEqual(['incident.nobody-left']);
      break;
    }
    expect(positions).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
    ]);
    expect(state.deadline).toBeNull();
  });

  it('moves on at once where a step has nobody, but lets a whole round take its time', () => {
    const now = start + minute;
    const gap = process.stepTaken(opened().state, [], now);
    expect(types(gap)).toEqual(['incident.step-without-responder']);
    expect(gap.state.deadline).toBe(now);
    let { state } = gap;
    for (let i = 0; i < 2; i++) state = process.stepTaken(process.escalate(state, now).state, [], now).state;
    expect(state.row.step).toBe(3);
    expect(state.deadline).toBe(now + 5 * minute);
  });

  it('an acknowledgement stops the escalation; a second one changes nothing', () => {
    const { state } = process.acknowledge(opened().state, by, start + minute);
    expect(state).toMatchObject({ deadline: null, row: { status: 'acknowledged', acknowledgedBy: agent.id } });
    expect(process.acknowledge(state, by, start + 2 * minute).events).toEqual([]);
    expect(process.refuseIncident(state, 'acknowledge')).toBeUndefined();
  });

  it('escalates at once for whoever asks, acknowledged or not, and goes round once more after the last step', () => {
    let { state } = process.acknowledge(opened().state, by, start + minute);
    const positions = [];
    for (let i = 0; i < 7; i++) {
      const next = process.escalateNow(state, by, start + 2 * minute);
      expect(next.page).toBe(true);
      expect(next.events).toMatchObject([{ type: 'incident.escalation-requested', actor: agent, cause: 'request-1' }]);
      state = next.state;
      expect(state.row).toMatchObject({ status: 'triggered', acknowledgedBy: null });
      expect(state.deadline).toBe(start + 7 * minute);
      positions.push([state.row.round, state.row.step]);
    }
    expect(positions).toEqual([
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
      [3, 1],
      [3, 2],
    ]);
  });

  it('a snooze that ends escalates again', () => {
    const acknowledged = process.acknowledge(opened().state, by, start + minute).state;
    const { state } = process.snooze(acknowledged, start + 60 * minute, by, start + 2 * minute);
    expect(state.deadline).toBe(start + 60 * minute);
    expect(process.escalate(state, start + 60 * minute)).toMatchObject({
      page: true,
      state: { row: { status: 'triggered', step: 2, snoozedUntil: null } },
    });
  });

  it('a resolved one takes nothing any more', () => {
    const { state } = process.resolve(opened().state, by, start + minute);
    for (const verb of ['acknowledge', 'resolve', 'escalate', 'reassign', 'snooze']) {
      expect(process.refuseIncident(state, verb)).toMatch(/is resolved/);
    }
    expect(process.resolve(state, by, start + minute).events).toEqual([]);
  });

  it('can be told again from the changes of its events alone', () => {
    const step = fc.constantFrom<(s: IncidentState, now: number) => IncidentChange>(
      (s, now) => process.acknowledge(s, by, now),
      (s, now) => process.reassign(s, 'usr_bob', by, now),
      (s, now) => process.snooze(s, now + minute, by, now),
      (s, now) => {
        const next = process.escalate(s, now);
        if (!next.page) return next;
        const taken = process.stepTaken(next.state, ['usr_cat'], now);
        return { state: taken.state, events: [...next.events, ...taken.events] };
      },
      (s, now) => {
        const next = process.escalateNow(s, by, now);
        const taken = process.stepTaken(next.state, ['usr_dan'], now);
        return { state: taken.state, events: [...next.events, ...taken.events] };
      },
      (s, now) => process.stepTaken(s, [], now),
      (s, now) => process.resolve(s, by, now),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const first = opened();
        let { state } = first;
        const events = [...first.events];
        for (const [i, take] of steps.entries()) {
          if (state.row.status === 'resolved') break;
          const change = take(state, start + (i + 2) * minute);
          state = change.state;
          events.push(...change.events);
        }
        const row = Object.assign({}, ...events.map((e) => e.changes?.incident)) as IncidentRow;
        expect(row).toEqual(state.row);
        expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
      }),
    );
  });
});
