import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileEscalation, type StoredEscalationPolicy } from '../../domain/escalation-policy.ts';
import { escalate, openIncident, stepTaken } from '../../domain/incident-process.ts';
import { type Course, courseOf, type Moment } from '../../web/admin/escalation-policies/course.ts';

type Paged = readonly [at: number, user: string];

/** When a real incident pages whom while nobody acknowledges, and when nobody is left. */
function lived(policy: StoredEscalationPolicy, policies: ReadonlyMap<string, StoredEscalationPolicy>): Paged[] {
  const subject = { ticket: null, reason: '', dueAt: 0, priority: 'normal', level: 1, team: null } as const;
  let { state } = openIncident('inc', { ...subject, assignee: null }, compileEscalation(policy, policies), 0);
  const paged: Paged[] = [];
  for (let now = 0; ;) {
    const [target] = state.policy.steps[state.row.step - 1]?.targets ?? [];
    const user = target?.type === 'user' ? target.user : '';
    paged.push([now, user]);
    state = stepTaken(state, [user], now).state;
    if (state.deadline === null) throw new Error('a step waits for nothing');
    now = state.deadline;
    const escalated = escalate(state, now);
    state = escalated.state;
    if (!escalated.page) return [...paged, [now, 'nobody']];
  }
}

/** The same of what is shown, with each repetition spelled out. */
function spelledOut(moments: readonly Moment[]): Paged[] {
  const all: Paged[] = [];
  let steps: Paged[] = [];
  for (const moment of moments) {
    if (moment.kind === 'page') {
      const [target] = moment.targets;
      steps.push([moment.at, target?.type === 'user' ? target.user : '']);
    } else if (moment.kind === 'again') {
      const began = steps[0]?.[0] ?? 0;
      const round = steps;
      steps = [...round];
      for (let n = 0; n < moment.times; n += 1) {
        const shift = moment.at + n * moment.every - began;
        steps.push(...round.map(([at, user]): Paged => [at + shift, user]));
      }
    } else {
      all.push(...steps);
      steps = [];
      if (moment.kind === 'nobody-left') all.push([moment.at, 'nobody']);
    }
  }
  return all;
}

const step = fc.record({
  targets: fc.string({ minLength: 1, maxLength: 3 }).map((user) => [{ type: 'user' as const, user }]),
  ackTimeout: fc.integer({ min: 1, max: 1000 }).map((minutes) => `PT${minutes}M`),
});
const chain = fc.array(
  fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 4 }), rounds: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 3 },
);

function stored(chained: readonly Pick<StoredEscalationPolicy, 'steps' | 'rounds'>[]): StoredEscalationPolicy[] {
  return chained.map((one, i) => ({
    ...one,
    id: `esc_${i}`,
    name: `policy ${i}`,
    position: i,
    active: true,
    conditions: {},
    hours: null,
    resolveTimeout: null,
    next: i + 1 < chained.length ? `esc_${i + 1}` : null,
  }));
}

it('shows whom a real incident would page, and when, through rounds and policies that go on', () => {
  fc.assert(
    fc.property(chain, (chained) => {
      const policies = new Map(stored(chained).map((policy) => [policy.id, policy]));
      const [first] = policies.values();
      if (first === undefined) return;
      const shown = courseOf(first as unknown as Course, policies as unknown as Map<string, Course>);
      expect(spelledOut(shown)).toEqual(lived(first, policies));
    }),
  );
});

it('says nothing of what follows a wait that is being typed', () => {
  const [policy] = stored([{ steps: [{ targets: [{ type: 'manager' }], ackTimeout: '5 minits' }], rounds: 3 }]);
  const moments = courseOf(policy as unknown as Course, new Map());
  expect(moments.map(({ kind }) => kind)).toEqual(['page', 'unknown']);
});

it('ends where a policy that is being edited would go round in a circle', () => {
  const [a, b] = stored([
    { steps: [{ targets: [{ type: 'assignee' }], ackTimeout: 'PT5M' }], rounds: 1 },
    { steps: [{ targets: [{ type: 'manager' }], ackTimeout: 'PT5M' }], rounds: 1 },
  ]) as unknown as [Course, Course];
  const edited = { ...b, next: 'esc_0' };
  const policies = new Map([
    ['esc_0', a],
    ['esc_1', edited],
  ]);
  expect(courseOf(edited, policies).map(({ kind }) => kind)).toEqual(['page', 'next', 'page', 'nobody-left']);
});
