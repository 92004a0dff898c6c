import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyPagerDutySignature } from '../../channels/pagerduty/signature.ts';
import { parsePagerDutyEvent } from '../../channels/pagerduty/webhook-event.ts';

const newSecret = 'new secret of the subscription';
const oldSecret = 'old secret of the subscription';

describe('a signature of PagerDuty', () => {
  // Computed by another program.
  const body = Buffer.from('{"event":{"id":"01CX","note":"café 🔥"}}');
  const byNew = 'v1=2c3fa2202d00f0d438a98af0dea96f65690221abdd318a551fc3f1589fdc64dc';
  const byOld = 'v1=67c38c76807a01d1d3d5277ae47c016934ce2ac5139fbf1c7013d7ffad1e7875';
  const verify = (header: string | undefined, secrets = [newSecret], rawBody = body) =>
    verifyPagerDutySignature(header, rawBody, secrets);

  it('is right', () => expect(verify(byNew)).toBe(true));

  it('may be one of several while PagerDuty replaces the secret', () => {
    expect(verify(`${byOld},${byNew}`)).toBe(true);
    expect(verify(`${byOld}, ${byNew}`)).toBe(true);
  });

  it('may be by any of our secrets while we do', () => {
    expect(verify(byOld, [newSecret, oldSecret])).toBe(true);
    expect(verify(byNew, [newSecret, oldSecret])).toBe(true);
  });

  it.each([
    ['by another secret', byOld],
    ['of another version', byNew.replace('v1', 'v2')],
    ['without a version', byNew.slice(3)],
    ['cut', byNew.slice(0, -2)],
    ['with more behind it', `${byNew}00`],
    ['empty', ''],
    ['absent', undefined],
  ])('is wrong where it is %s', (_case, header) => expect(verify(header)).toBe(false));

  it('is wrong for another body, and without secrets', () => {
    expect(verify(byNew, [newSecret], Buffer.from(`${body.toString()} `))).toBe(false);
    expect(verify(byNew, [])).toBe(false);
  });

  it('is of the bytes as they came', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe]);
    const header = `v1=${createHmac('sha256', newSecret).update(bytes).digest('hex')}`;
    expect(verify(header, [newSecret], bytes)).toBe(true);
  });
});

describe('an event of PagerDuty', () => {
  const data = {
    id: 'Q1',
    type: 'incident',
    incident_key: '7GQ2M9ZPWTXA:1:2:usr_ann:pagerduty1',
    assignees: [
      { id: 'PANN', type: 'user_reference' },
      { id: 'PBOB', type: 'user_reference', summary: 'Bob Costa' },
    ],
  };
  const event = {
    id: '01CX',
    event_type: 'incident.acknowledged',
    resource_type: 'incident',
    agent: { id: 'PANN', type: 'user_reference' },
    data,
  };
  const parse = (more: object = {}) =>
    parsePagerDutyEvent(Buffer.from(JSON.stringify({ event: { ...event, ...more } })));

  it.each(['acknowledged', 'resolved', 'reassigned'])('says that an incident is %s', (type) => {
    expect(parse({ event_type: `incident.${type}` })).toEqual({
      id: '01CX',
      type,
      dedupKey: '7GQ2M9ZPWTXA:1:2:usr_ann:pagerduty1',
      agent: 'PANN',
      assignees: [
        { id: 'PANN', name: '' },
        { id: 'PBOB', name: 'Bob Costa' },
      ],
    });
  });

  it.each([null, undefined])('may name nobody: %s', (agent) => expect(parse({ agent })?.agent).toBeNull());

  it.each(['incident.triggered', 'service.updated', 'pagey.ping', 'constructor'])(
    'of type %s is not for us',
    (type) => {
      expect(parse({ event_type: type, data: null })).toBeNull();
    },
  );

  it.each([null, undefined])('about an incident with the key %s is not for us', (key) => {
    expect(parse({ data: { ...data, incident_key: key } })).toBeNull();
  });

  it.each([
    ['an id that is no text', { id: 7 }],
    ['no id', { id: '' }],
    ['no type', { event_type: undefined }],
    ['no data', { data: undefined }],
    ['data that are a list', { data: [] }],
    ['a key that is no text', { data: { ...data, incident_key: 7 } }],
    ['an agent without an id', { agent: {} }],
    ['assignees that are no list', { data: { ...data, assignees: {} } }],
    ['an assignee without an id', { data: { ...data, assignees: [{}] } }],
    ['an assignee that is null', { data: { ...data, assignees: [null] } }],
  ])('with %s is malformed', (_case, more) => expect(() => parse(more)).toThrow('not as PagerDuty writes it'));

  it.each(['', 'secret text', 'null', '[]', '{}', '{"event":null}'])('that is %j is malformed', (body) => {
    expect(() => parsePagerDutyEvent(Buffer.from(body))).toThrow(/^The webhook's \w+ is not as PagerDuty writes it\.$/);
  });
});
