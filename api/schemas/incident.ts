import { Type, type Static } from 'typebox';
import type { StoredEvent } from '../../db/events.ts';
import type { IncidentRow } from '../../domain/events.ts';
import { priorities } from '../../domain/ticket.ts';
import { Id, Instant, Nullable, OneOf, PageQuery, Strict } from './common.ts';
import { eventJson, EventSchema } from './event.ts';
import { iso } from './ticket.ts';

export const incidentStatuses = ['triggered', 'acknowledged', 'resolved'] as const;

const fields = {
  id: Type.String({ examples: ['K7Q29MZP4WTX-FR1'] }),
  ticket: Nullable(Type.String({ description: 'null where monitoring opened it' })),
  status: OneOf(incidentStatuses),
  reason: Type.String({ examples: ['First reply breached'] }),
  priority: OneOf(priorities),
  team: Nullable(Type.String()),
  openedAt: Instant,
  dueAt: Instant,
  step: Type.Integer({ description: 'of the escalation policy, from 1' }),
  round: Type.Integer({ description: 'how often the steps have been begun, from 1' }),
  responders: Type.Array(Type.String(), { description: 'the users whom the current step pages' }),
  acknowledgedAt: Nullable(Instant),
  acknowledgedBy: Nullable(Type.String()),
  snoozedUntil: Nullable(Instant),
  resolvedAt: Nullable(Instant),
};
/** What a command answers with: the timeline is recorded a moment later. */
export const IncidentSchema = Type.Object(fields);
export const IncidentWithTimeline = Type.Object({ ...fields, timeline: Type.Array(EventSchema) });

export const IncidentQuery = Strict({
  ...PageQuery,
  status: Type.Optional(
    Type.String({ description: 'one or more, separated by commas', maxLength: 100, examples: ['triggered'] }),
  ),
  ticket: Type.Optional(Type.String({ maxLength: 20 })),
  team: Type.Optional(Id),
  responder: Type.Optional(Id),
});

export function incidentJson(incident: IncidentRow): Static<typeof IncidentSchema> {
  return {
    ...incident,
    openedAt: iso(incident.openedAt),
    dueAt: iso(incident.dueAt),
    responders: [...incident.responders],
    acknowledgedAt: iso(incident.acknowledgedAt),
    snoozedUntil: iso(incident.snoozedUntil),
    resolvedAt: iso(incident.resolvedAt),
  };
}

export function incidentWithTimeline(
  incident: IncidentRow,
  timeline: readonly StoredEvent[],
): Static<typeof IncidentWithTimeline> {
  return { ...incidentJson(incident), timeline: timeline.map(eventJson) };
}
