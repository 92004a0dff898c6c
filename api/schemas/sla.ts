import { Type, type Static } from 'typebox';
import { formatDuration } from '../../domain/duration.ts';
import { clockNames, elapsed, isRunning, stateOf, type Clock } from '../../domain/sla.ts';
import { elapsedIn, type Span } from '../../domain/spans.ts';
import { Instant, Nullable, OneOf } from './common.ts';
import { iso } from './ticket.ts';

const SegmentSchema = Type.Object({
  kind: OneOf(['run', 'pause']),
  from: Instant,
  to: Nullable(Instant),
  elapsed: Type.String({ description: 'open time of the calendar that it counts' }),
  cause: Type.String(),
});

const ClockSchema = Type.Object({
  name: OneOf(clockNames),
  cycle: Type.Integer({ description: 'how many promises of this name there have been' }),
  state: OneOf(['running', 'paused', 'fulfilled', 'breached', 'none']),
  target: Nullable(Type.String()),
  elapsed: Type.String(),
  remaining: Nullable(Type.String({ description: 'PT0S once the target is reached' })),
  activatedAt: Nullable(Instant),
  dueAt: Nullable(Instant),
  breachedAt: Nullable(Instant),
  fulfilledAt: Nullable(Instant),
  segments: Type.Array(SegmentSchema),
});

export const SlaSchema = Type.Object({
  policy: Nullable(Type.String()),
  clocks: Type.Array(ClockSchema, { description: 'the present promise of each name' }),
  history: Type.Array(ClockSchema, { description: 'earlier promises' }),
});

type ClockJson = Static<typeof ClockSchema>;

/** Every second of every clock, as of `now`. */
export function slaJson(
  policy: string | null,
  clocks: readonly Clock[],
  spans: readonly Span[] | null,
  now: number,
): Static<typeof SlaSchema> {
  const latest = clockNames.map(
    (name) => clocks.filter((c) => c.name === name).toSorted((a, b) => b.cycle - a.cycle)[0],
  );
  return {
    policy,
    clocks: latest.map((clock, i) =>
      clock === undefined ? idle(clockNames[i] ?? 'firstReply') : clockJson(clock, spans, now),
    ),
    history: clocks.filter((clock) => !latest.includes(clock)).map((clock) => clockJson(clock, spans, now)),
  };
}

function clockJson(clock: Clock, spans: readonly Span[] | null, now: number): ClockJson {
  const used = elapsed(clock, spans, now);
  const { name, cycle, target, activatedAt, dueAt, breachedAt, endedAt, carried } = clock;
  const segments: ClockJson['segments'] = clock.segments.map((s) => ({
    kind: s.kind,
    from: iso(s.from),
    to: iso(s.to),
    elapsed: formatDuration(
      s.kind === 'run' && s.to === null ? elapsedIn(spans, s.from, Math.max(now, s.from)) : s.counted,
    ),
    cause: s.cause,
  }));
  const earlier = {
    kind: 'run',
    from: iso(activatedAt),
    to: iso(activatedAt),
    elapsed: formatDuration(carried),
    cause: 'earlier cycles',
  } as const;
  return {
    name,
    cycle,
    state: stateOf(clock),
    target: target === null ? null : formatDuration(target),
    elapsed: formatDuration(used),
    remaining: target === null ? null : formatDuration(Math.max(0, target - used)),
    activatedAt: iso(activatedAt),
    dueAt: isRunning(clock) || breachedAt !== null || endedAt !== null ? iso(dueAt) : null,
    breachedAt: iso(breachedAt),
    fulfilledAt: iso(endedAt),
    segments: carried > 0 ? [earlier, ...segments] : segments,
  };
}

/** A promise that nobody has made yet. */
function idle(name: (typeof clockNames)[number]): ClockJson {
  const nothing = {
    target: null,
    remaining: null,
    activatedAt: null,
    dueAt: null,
    breachedAt: null,
    fulfilledAt: null,
  };
  return { name, cycle: 0, state: 'none', elapsed: 'PT0S', ...nothing, segments: [] };
}
