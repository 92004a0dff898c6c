import { Type, type Static } from 'typebox';
import { shownEvent, type StoredEvent } from '../../db/events.ts';
import { Instant, Nullable, OneOf } from './common.ts';

export const EventSchema = Type.Object({
  stream: Type.String({ description: 'whose event it is', examples: ['ticket/K7Q29MZP4WTX'] }),
  seq: Type.Integer({ description: 'counts from 1 within the stream, without gaps' }),
  ticket: Nullable(Type.String()),
  type: Type.String({ examples: ['sla.breached'] }),
  at: Instant,
  actor: Type.Object({ type: OneOf(['user', 'customer', 'system']), id: Type.String() }),
  cause: Type.String({ description: "what brought it about: a request's id, `timer`, another ticket" }),
  data: Type.Record(Type.String(), Type.Unknown()),
});

export function eventJson(event: StoredEvent): Static<typeof EventSchema> {
  return shownEvent(event);
}
