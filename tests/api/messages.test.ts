import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ticketWorkflowId } from '../../workflows/messages.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { startDeskWorker, startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, newTicket, tell, type TicketJson } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startWorkingDesk({ VIGIL_CLOSE_AFTER: 'PT1S' });
});
afterAll(() => desk.close());

interface MessageJson {
  readonly id: string;
  readonly ticket: string;
  readonly body: string;
  readonly author: string;
  readonly followUpOf?: string | null;
}

const agent = { author: 'agent', body: 'Have you tried turning it off and on?' };
const customer = { author: 'customer', body: 'It still burns.' };
const conversation = (id: string, bodies: string[]) =>
  eventually<{ data: MessageJson[] }>(desk, `/v1/tickets/${id}/messages`, ({ data }) =>
    expect(data.map((m) => m.body)).toEqual(bodies),
  );
const statusOf = async (id: string): Promise<string> =>
  (await desk.call('GET', `/v1/tickets/${id}?source=workflow`)).json<TicketJson>().status;

async function closed(more: object = {}): Promise<TicketJson> {
  const ticket = await handIn(desk, more);
  await tell(desk, ticket.id, 'solve');
  await desk.app.parts.temporal.client.workflow.getHandle(ticketWorkflowId(ticket.id)).result();
  return ticket;
}

describe('a message', () => {
  it('of an agent answers the customer, and of the customer asks again', async () => {
    const { id } = await handIn(desk);
    const reply = await tell(desk, id, 'messages', agent);
    expect(reply.statusCode, reply.body).toBe(201);
    expect(reply.headers.location).toBe(`/v1/tickets/${id}`);
    expect(reply.json()).toMatchObject({
      ...agent,
      ticket: id,
      authorId: 'key:key_environment',
      public: true,
      automatic: false,
      followUpOf: null,
    });
    expect(await statusOf(id)).toBe('pending');
    expect((await tell(desk, id, 'messages', customer)).json()).toMatchObject({ ...customer, authorId: null });
    expect(await statusOf(id)).toBe('open');
    await conversation(id, [newTicket.body, agent.body, customer.body]);
  });

  it('that is a note or automatic answers nothing', async () => {
    const { id } = await handIn(desk);
    await tell(desk, id, 'messages', { ...agent, public: false });
    await tell(desk, id, 'messages', { ...agent, automatic: true });
    expect(await statusOf(id)).toBe('new');
    await tell(desk, id, 'messages', { ...agent, status: 'solved' });
    expect(await statusOf(id)).toBe('solved');
  });

  it('of the customer is no note, and sets no state', async () => {
    const { id } = await handIn(desk);
    const answer = await tell(desk, id, 'messages', { ...customer, public: false, status: 'solved' });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: 'public' }, { path: 'status' }] });
  });

  it('repeated with its Idempotency-Key is one message, whatever else the key was used for', async () => {
    const { id } = await handIn(desk, {}, 'one key');
    const { id: other } = await handIn(desk);
    const send = (ticket: string, body: object) =>
      desk.call('POST', `/v1/tickets/${ticket}/messages`, body, { 'idempotency-key': 'one key' });
    const first = await send(id, customer);
    const again = await send(id, customer);
    expect(again.body).toBe(first.body);
    expect([first, again].map((a) => a.headers['idempotency-replayed'])).toEqual([undefined, 'true']);
    expect((await send(id, { ...customer, body: 'another' })).json()).toMatchObject({ status: 422 });
    expect((await send(other, customer)).json()).toMatchObject({ ticket: other });
    await conversation(id, [newTicket.body, customer.body]);
    await conversation(other, [newTicket.body, customer.body]);
  });

  it('to a ticket of nobody finds none', async () => {
    for (const body of [agent, customer]) {
      expect((await tell(desk, '0000-0000-0000', 'messages', body)).json()).toMatchObject({ status: 404 });
    }
  });
});

describe('a message to a closed ticket', () => {
  it('of the customer opens one follow-up', async () => {
    const ticket = await closed({ priority: 'high', tags: ['fire'], customFields: { plan: 'premium' } });
    const send = () =>
      desk.call('POST', `/v1/tickets/${ticket.id}/messages`, customer, { 'idempotency-key': 'after closing' });
    const answer = await send();
    expect(answer.statusCode, answer.body).toBe(201);
    const message = answer.json<MessageJson>();
    expect(message).toMatchObject({ ...customer, followUpOf: ticket.id });
    expect(message.ticket).not.toBe(ticket.id);
    expect(answer.headers.location).toBe(`/v1/tickets/${message.ticket}`);
    const again = await send();
    expect(again.body).toBe(answer.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    await conversation(message.ticket, [customer.body]);
    expect((await desk.call('GET', `/v1/tickets/${message.ticket}`)).json()).toMatchObject({
      status: 'new',
      followUpOf: ticket.id,
      subject: newTicket.subject,
      requester: newTicket.requester,
      priority: 'high',
      tags: ['fire'],
      customFields: { plan: 'premium' },
    });
  });

  it('of an agent, or automatic, is refused', async () => {
    const { id } = await closed();
    for (const body of [agent, { ...customer, automatic: true }]) {
      expect((await tell(desk, id, 'messages', body)).json()).toMatchObject({ status: 409 });
    }
  });

  it('that was merged goes to the ticket it was merged into', async () => {
    const { id: into } = await handIn(desk);
    const { id } = await handIn(desk, { body: 'The same again.' });
    await tell(desk, id, 'merge', { into });
    const answer = await tell(desk, id, 'messages', customer);
    expect(answer.json()).toMatchObject({ ...customer, ticket: into, followUpOf: null });
    await conversation(into, [newTicket.body, 'The same again.', customer.body]);
  });
});

describe('without a worker', () => {
  it("a customer's message is accepted and handled later, once; an agent is told to come again", async () => {
    const lone = await startDeskApp();
    const { id } = await handIn(lone);
    const send = () =>
      lone.call('POST', `/v1/tickets/${id}/messages`, customer, { 'idempotency-key': 'nobody is there' });
    const began = performance.now();
    const accepted = await send();
    expect(accepted.statusCode, accepted.body).toBe(201);
    expect(performance.now() - began).toBeLessThan(2000);
    expect((await send()).json()).toMatchObject({ ...customer, ticket: id });
    for (const refused of await Promise.all([tell(lone, id, 'messages', agent), tell(lone, id, 'solve', {})])) {
      expect(refused.json()).toMatchObject({ status: 503 });
      expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    }
    expect((await lone.call('GET', `/v1/tickets/${id}?source=workflow`)).statusCode).toBe(503);
    const stop = await startDeskWorker(lone);
    await eventually<{ data: MessageJson[] }>(lone, `/v1/tickets/${id}/messages`, ({ data }) =>
      expect(data.filter((m) => m.author === 'customer').map((m) => m.body)).toEqual([newTicket.body, customer.body]),
    );
    expect((await send()).headers['idempotency-replayed']).toBe('true');
    await stop();
    await lone.close();
  });

  it('that comes back within seconds, an agent is answered as if it had never been away', async () => {
    const lone = await startDeskApp();
    const { id } = await handIn(lone);
    const asked = tell(lone, id, 'messages', agent);
    // Longer than Temporal itself is waited for.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const stop = await startDeskWorker(lone);
    expect((await asked).json()).toMatchObject(agent);
    await stop();
    await lone.close();
  });
});
