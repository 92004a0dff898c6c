const types = {
  'incident.acknowledged': 'acknowledged',
  'incident.resolved': 'resolved',
  'incident.reassigned': 'reassigned',
} as const;

export interface PagerDutyEvent {
  /** The same when PagerDuty delivers the event again. */
  readonly id: string;
  readonly type: (typeof types)[keyof typeof types];
  /** The `dedup_key` that opened the incident. */
  readonly dedupKey: string;
  /** PagerDuty's id of the one who did it; null where nobody is named. */
  readonly agent: string | null;
  /** Those whom the incident is assigned to now, by PagerDuty's ids and by their names there. */
  readonly assignees: readonly { readonly id: string; readonly name: string }[];
}

/**
 * What a v3 webhook says. Null where it is about something else, or about an incident that a person opened in
 * PagerDuty by hand, which has no key. Verify the signature first.
 * @throws where this is no v3 webhook; the message holds nothing of the body.
 */
export function parsePagerDutyEvent(rawBody: Buffer): PagerDutyEvent | null {
  const event = objectIn(parse(rawBody), 'event');
  const id = textIn(event, 'id');
  const eventType = textIn(event, 'event_type');
  const type = Object.entries(types).find(([name]) => name === eventType)?.[1];
  if (type === undefined) return null;
  const data = objectIn(event, 'data');
  if ((data['incident_key'] ?? null) === null) return null;
  return {
    id,
    type,
    dedupKey: textIn(data, 'incident_key'),
    agent: (event['agent'] ?? null) === null ? null : textIn(objectIn(event, 'agent'), 'id'),
    assignees: listIn(data, 'assignees').map((assignee) => ({
      id: textIn(assignee, 'id'),
      name: typeof assignee['summary'] === 'string' ? assignee['summary'] : '',
    })),
  };
}

type Json = Readonly<Record<string, unknown>>;

function parse(rawBody: Buffer): Json {
  try {
    return asObject(JSON.parse(rawBody.toString()), 'body');
  } catch {
    throw malformed('body');
  }
}

function objectIn(json: Json, name: string): Json {
  return asObject(json[name], name);
}

function asObject(value: unknown, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(name);
  return value as Json;
}

function textIn(json: Json, name: string): string {
  const value = json[name];
  if (typeof value !== 'string' || value === '') throw malformed(name);
  return value;
}

function listIn(json: Json, name: string): Json[] {
  const value = json[name];
  if (!Array.isArray(value)) throw malformed(name);
  return value.map((item) => asObject(item, name));
}

function malformed(name: string): Error {
  return new Error(`The webhook's ${name} is not as PagerDuty writes it.`);
}
