import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { signAcknowledge } from '../../config/acknowledge-token.ts';
import { recordBatches } from '../../db/record.ts';
import { builtInPolicy } from '../../domain/escalation.ts';
import { type IncidentInput, incidentWorkflowId, incidentWorkflowType } from '../../workflows/messages.ts';
import { type MemoryDesk, startMemoryDesk } from '../support/desk-in-memory.ts';
import { type DeskApp, secret, startDeskApp } from './desk-app.ts';

const hour = 60 * 60 * 1000;

let connection: Connection;
let worker: MemoryDesk;
let desk: DeskApp;
let ann: string;

beforeAll(async () => {
  connection = await Connection.connect({ address: inject('temporalAddress') });
  desk = await startDeskApp();
  worker = await startMemoryDesk(connection);
  worker.behaviour.record = (batch) => recordBatches(desk.database.pool, [batch]);
  const person = { name: 'Ann', email: 'ann@example.com', role: 'agent' };
  ann = (await desk.call('POST', '/v1/users', person)).json<{ id: string }>().id;
});

afterAll(async () => {
  await worker.stop();
  await desk.close();
  await connection.close();
});

let ticket: string;
let id: string;

beforeEach(async () => {
  ticket = `T${randomBytes(6).toString('hex').toUpperCase().slice(0, 11)}`;
  id = `${ticket}-FR1`;
  const subject = { ticket, reason: 'First reply breached', priority: 'high', level: 1, assignee: ann } as const;
  const input: IncidentInput = {
    id,
    subject: { ...subject, team: 'team_premium', dueAt: Date.now() },
    policy: builtInPolicy(hour, 1),
  };
  await worker.client.workflow.start(incidentWorkflowType, {
    workflowId: incidentWorkflowId(id),
    taskQueue: worker.taskQueue,
    args: [input],
  });
});

interface Incident {
  readonly id: string;
  readonly status: string;
  readonly timeline: readonly { readonly type: string; readonly actor: { readonly id: string } }[];
}

const tell = (what: string, body?: object, headers: Record<string, string> = {}) =>
  desk.call('POST', `/v1/incidents/${id}/${what}`, body, headers);

async function incident(): Promise<Incident> {
  return (await desk.call('GET', `/v1/incidents/${id}`)).json<Incident>();
}

function recorded(type: string): Promise<void> {
  return vi.waitFor(async () => expect((await incident()).timeline.map((event) => event.type)).toContain(type), 20_000);
}

test('an incident is found with its timeline, by ticket, status, team and responder', async () => {
  await recorded('incident.paged');
  const found = await incident();
  expect(found).toMatchObject({ id, ticket, status: 'triggered', step: 1, round: 1, team: 'team_premium' });
  expect(found.timeline[0]?.type).toBe('incident.triggered');
  const search = async (query: string): Promise<string[]> => {
    const { data } = (await desk.call('GET', `/v1/incidents?${query}`)).json<{ data: Incident[] }>();
    return data.map((row) => row.id);
  };
  const byTicket = await desk.call('GET', `/v1/incidents?ticket=${ticket}`);
  expect(byTicket.json<{ data: Incident[] }>().data).toEqual([found]);
  expect(await search(`status=triggered,acknowledged&ticket=${ticket}`)).toEqual([id]);
  expect(await search(`status=resolved&ticket=${ticket}`)).toEqual([]);
  expect(await search('team=team_premium&limit=100')).toContain(id);
  expect(await search('team=team_other')).toEqual([]);
  expect(await search('responder=usr_assignee&limit=100')).toContain(id);
  expect((await desk.call('GET', '/v1/incidents?status=open')).statusCode).toBe(400);
  expect((await desk.call('GET', '/v1/incidents/NONE')).statusCode).toBe(404);
});

test('it is acknowledged, handed on, put to rest, and resolved; then it takes nothing more', async () => {
  await recorded('incident.paged');
  expect((await tell('acknowledge')).json()).toMatchObject({ id, status: 'acknowledged' });
  expect((await tell('escalate')).json()).toMatchObject({ status: 'triggered', step: 2, acknowledgedBy: null });
  expect((await tell('reassign', { user: ann })).json()).toMatchObject({ status: 'triggered', responders: [ann] });
  const until = new Date(Date.now() + hour).toISOString();
  expect((await tell('snooze', { until })).json()).toMatchObject({ snoozedUntil: until });
  expect((await tell('resolve')).json()).toMatchObject({ status: 'resolved' });
  await recorded('incident.resolved');
  const late = await tell('acknowledge');
  expect(late.statusCode).toBe(409);
  expect(late.json<{ detail: string }>().detail).toContain('resolved');
  expect((await incident()).timeline.map((event) => event.type)).toEqual(
    expect.arrayContaining([
      'incident.acknowledged',
      'incident.escalation-requested',
      'incident.reassigned',
      'incident.snoozed',
      'incident.resolved',
    ]),
  );
});

test('a repeated request is done once, another under its key refused', async () => {
  await recorded('incident.paged');
  const key = { 'idempotency-key': `reassign-${id}` };
  const first = await tell('reassign', { user: ann }, key);
  const again = await tell('reassign', { user: ann }, key);
  expect(again.json()).toEqual(first.json());
  expect([first, again].map((answer) => answer.headers['idempotency-replayed'])).toEqual([undefined, 'true']);
  const bob = { name: 'Bob', email: `${ticket}@example.com`, role: 'agent' };
  const other = (await desk.call('POST', '/v1/users', bob)).json<{ id: string }>();
  expect((await tell('reassign', { user: other.id }, key)).statusCode).toBe(422);
  await recorded('incident.reassigned');
  const { timeline } = await incident();
  expect(timeline.filter((event) => event.type === 'incident.reassigned')).toHaveLength(1);
});

test('what makes no sense is refused', async () => {
  const refused = async (what: string, body: object) => {
    const answer = await tell(what, body);
    return [answer.statusCode, answer.json<{ errors: { path: string }[] }>().errors[0]?.path];
  };
  expect(await refused('reassign', { user: 'usr_gone' })).toEqual([422, 'user']);
  expect(await refused('reassign', {})).toEqual([400, 'user']);
  expect(await refused('snooze', { until: '2020-01-01T00:00:00Z' })).toEqual([422, 'until']);
  expect(await refused('snooze', { until: 'later' })).toEqual([400, 'until']);
  expect(await refused('snooze', {})).toEqual([422, 'until']);
  expect(await refused('snooze', { for: 'an hour' })).toEqual([422, 'for']);
  expect(await refused('snooze', { for: 'P31D' })).toEqual([422, 'for']);
  expect(await refused('resolve', { why: 'done' })).toEqual([400, 'why']);
  expect((await desk.call('POST', '/v1/incidents/NONE/resolve')).statusCode).toBe(404);
});

describe('the link in a page', () => {
  const nobody = { authorization: '' };
  const html = { accept: 'text/html,*/*' };
  const link = (more: Partial<Parameters<typeof signAcknowledge>[1]> = {}) => {
    const grant = { incident: id, user: ann, expiresAt: Date.now() + hour, ...more };
    return `/v1/incidents/${id}/acknowledge?token=${encodeURIComponent(signAcknowledge(secret, grant))}`;
  };

  test('opens a page that changes nothing until its button is pressed', async () => {
    await recorded('incident.paged');
    const opened = await desk.call('GET', link(), undefined, { ...nobody, ...html });
    expect(opened.statusCode).toBe(200);
    expect(opened.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(opened.headers['referrer-policy']).toBe('no-referrer');
    expect(opened.body).toContain('First reply breached');
    expect(opened.body).toContain('<form method="post"><button>Acknowledge</button></form>');
    expect((await incident()).status).toBe('triggered');

    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const pressed = await desk.call('POST', link(), '', { ...nobody, ...html, ...form });
    expect(pressed.statusCode).toBe(200);
    expect(pressed.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(pressed.body).toContain('<h1>Acknowledged</h1>');
    await recorded('incident.acknowledged');
    const told = (await incident()).timeline.find((event) => event.type === 'incident.acknowledged');
    expect(told?.actor).toEqual({ type: 'user', id: ann });
    const later = await desk.call('GET', link(), undefined, nobody);
    expect(later.body).toContain('Somebody has acknowledged it already.');
  });

  test('acknowledges for programs, too', async () => {
    const answer = await desk.call('POST', link(), undefined, nobody);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ id, status: 'acknowledged', acknowledgedBy: ann });
  });

  describe('is good for one answer', () => {
    const form = { ...nobody, ...html, 'content-type': 'application/x-www-form-urlencoded' };
    const press = (address: string, action: string, body = '') =>
      desk.call('POST', address.replace('/acknowledge?', `/${action}?`), body, form);
    /** Of the first button that does this. */
    const addressIn = (body: string, action: string): string => {
      const [, token] = new RegExp(`action="${action}\\?token=([^"]+)"`).exec(body) ?? [];
      expect(token).toBeDefined();
      return `/v1/incidents/${id}/${action}?token=${token}`;
    };

    test('which may be any', async () => {
      await recorded('incident.paged');
      const other = { name: `<Bob> of ${ticket}`, email: `${ticket}-bob@example.com`, role: 'agent' };
      const bob = (await desk.call('POST', '/v1/users', other)).json<{ id: string }>().id;
      const opened = await desk.call('GET', link(), undefined, { ...nobody, ...html });
      expect(opened.body).toContain(`<option value="${bob}">&#60;Bob&#62; of ${ticket}</option>`);
      const handedOver = await desk.call('POST', addressIn(opened.body, 'reassign'), `user=${bob}`, form);
      expect(handedOver.body).toContain('<h1>Handed over</h1>');
      expect(await press(link({ expiresAt: Date.now() + 2 * hour }), 'snooze', 'for=PT1H')).toMatchObject({
        statusCode: 200,
        body: expect.stringContaining('<h1>It rests</h1>') as string,
      });
      const resolved = await press(link({ expiresAt: Date.now() + 3 * hour }), 'resolve');
      expect(resolved.body).toContain('<h1>Resolved</h1>');
      await recorded('incident.resolved');
      const { timeline } = await incident();
      const by = Object.fromEntries(timeline.map(({ type, actor }) => [type, actor.id]));
      const answered = { 'incident.reassigned': ann, 'incident.snoozed': ann, 'incident.resolved': ann };
      expect(by).toMatchObject(answered);
    });

    test('and not for a second, but the page after it has a link for what is left to do', async () => {
      await recorded('incident.paged');
      const address = link();
      const first = await press(address, 'acknowledge');
      expect(first.body).toContain('<h1>Acknowledged</h1>');
      const again = await press(address, 'acknowledge');
      expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
      expect(again.body).toContain('<h1>Done before</h1>');
      const other = await press(address, 'resolve');
      expect(other.statusCode).toBe(409);
      expect(other.body).toContain('This link was used for another answer.');
      const program = await desk.call('POST', address.replace('/acknowledge?', '/resolve?'), undefined, nobody);
      expect(program.json()).toMatchObject({ status: 409, type: 'urn:vigil:problem:conflict' });
      await recorded('incident.acknowledged');
      const resolved = await desk.call('POST', addressIn(first.body, 'resolve'), '', form);
      expect(resolved.body).toContain('<h1>Resolved</h1>');
    });

    test('and a wrong one does not use it up', async () => {
      await recorded('incident.paged');
      const address = link();
      expect((await press(address, 'reassign', 'user=usr_gone')).statusCode).toBe(422);
      expect((await press(address, 'snooze', 'for=P90D')).statusCode).toBe(422);
      expect((await press(address, 'acknowledge')).body).toContain('<h1>Acknowledged</h1>');
    });
  });

  test.each([
    ['of another incident', () => link({ incident: 'OTHER-FR1' })],
    ['that has run out', () => link({ expiresAt: Date.now() - 1 })],
    ['of somebody who is gone', () => link({ user: 'usr_gone' })],
    ['that nobody signed', () => `/v1/incidents/${id}/acknowledge?token=nonsense`],
  ])('%s is refused', async (_what, address) => {
    for (const method of ['GET', 'POST'] as const) {
      expect((await desk.call(method, address(), undefined, nobody)).statusCode).toBe(403);
      const page = await desk.call(method, address(), undefined, { ...nobody, ...html });
      expect(page.statusCode).toBe(403);
      expect(page.body).toContain('<h1>Nothing was done</h1>');
    }
  });

  test.each(['acknowledge', 'resolve', 'reassign', 'snooze'])('is needed to %s where there is no key', async (what) => {
    expect((await desk.call('POST', `/v1/incidents/${id}/${what}`, undefined, nobody)).statusCode).toBe(401);
  });
});
