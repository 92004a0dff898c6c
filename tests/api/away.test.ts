import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { idOf } from '../../domain/ticket-id.ts';
import { ticketWorkflowId } from '../../workflows/messages.ts';
import { openGate, type Gate } from '../support/gate.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { handIn, newTicket, tell } from './tickets-by-rest.ts';

/** The answer of a request that comes in time, and says when to come again. */
async function refused(asked: Promise<Awaited<ReturnType<DeskApp['call']>>>): Promise<{ detail: string }> {
  const began = performance.now();
  const answer = await asked;
  expect(performance.now() - began).toBeLessThan(2000);
  expect(answer.json()).toMatchObject({ status: 503, type: 'urn:vigil:problem:unavailable' });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  return answer.json();
}

describe('while Temporal is away', () => {
  let desk: DeskApp;
  let gate: Gate;
  beforeAll(async () => {
    gate = await openGate(inject('temporalAddress'));
    desk = await startDeskApp({ TEMPORAL_ADDRESS: gate.address });
  });
  afterAll(async () => {
    await desk.close();
    await gate.close();
  });

  it.each(['shut', 'hold'] as const)('(%s) nothing is accepted, and all goes on when it is back', async (how) => {
    gate[how]();
    const id = '0000-0000-0000';
    const key = `while ${how}`;
    const headers = { 'idempotency-key': key };
    const { detail } = await refused(desk.call('POST', '/v1/tickets', newTicket, headers));
    expect(detail).toContain('with the same Idempotency-Key');
    await refused(tell(desk, id, 'solve'));
    await refused(tell(desk, id, 'messages', { author: 'agent', body: 'x' }));
    await refused(tell(desk, id, 'messages', { author: 'customer', body: 'x' }));
    await refused(desk.call('GET', `/v1/tickets/${id}?source=workflow`));
    expect((await desk.call('GET', '/v1/tickets')).statusCode).toBe(200);
    expect((await desk.call('GET', '/healthz')).statusCode).toBe(200);
    expect((await desk.call('GET', '/readyz')).json()).toMatchObject({
      ready: false,
      temporal: 'away',
      database: 'ok',
    });
    gate.open();
    // Nothing was done meanwhile.
    const { client } = desk.app.parts.temporal;
    const handle = client.workflow.getHandle(ticketWorkflowId(idOf(`api:key_environment:${key}`)));
    await vi.waitFor(() => expect(handle.describe()).rejects.toThrow(/not found/), { timeout: 30_000, interval: 200 });
    const ticket = await handIn(desk, {}, key);
    expect((await handle.describe()).workflowId).toBe(ticketWorkflowId(ticket.id));
  });

  it('the API starts all the same, and takes tickets as soon as there is a Temporal', async () => {
    gate.shut();
    const early = await startDeskApp({ TEMPORAL_ADDRESS: gate.address });
    await refused(early.call('POST', '/v1/tickets', newTicket));
    gate.open();
    await vi.waitFor(() => handIn(early), { timeout: 30_000, interval: 200 });
    await early.close();
  });
});

describe('while PostgreSQL is away', () => {
  let desk: DeskApp;
  let gate: Gate;
  beforeAll(async () => {
    const server = new URL(inject('databaseServer'));
    gate = await openGate(server.host);
    const through = (url: string): string => Object.assign(new URL(url), { host: gate.address }).href;
    desk = await startDeskApp({}, { databaseUrl: through });
  });
  afterAll(async () => {
    await desk.close();
    await gate.close();
  });

  it('tickets are accepted, what only it knows is 503, and all is read again when it is back', async () => {
    gate.shut();
    const { id } = await handIn(desk);
    for (const path of ['', `/${id}`, `/${id}/messages`, `/${id}/events`, `/${id}/sla`]) {
      await refused(desk.call('GET', `/v1/tickets${path}`));
    }
    await refused(desk.call('GET', '/v1/stream'));
    await refused(desk.call('POST', '/v1/teams', { name: 'x' }));
    expect((await desk.call('GET', '/readyz')).json()).toMatchObject({
      ready: false,
      database: 'away',
      temporal: 'ok',
    });
    gate.open();
    await vi.waitFor(async () => expect((await desk.call('GET', '/v1/tickets')).statusCode).toBe(200), 10_000);
  });
});
