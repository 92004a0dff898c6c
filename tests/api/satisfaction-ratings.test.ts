import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ticketWorkflowId } from '../../workflows/messages.ts';
import type { DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, keyOf, tell, type TicketJson } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startWorkingDesk();
});
afterAll(() => desk.close());

interface Ratings {
  readonly data: readonly { readonly ticket: string; readonly rating: string }[];
}

async function solved(more: object = {}): Promise<TicketJson> {
  const ticket = await handIn(desk, more);
  await tell(desk, ticket.id, 'solve');
  return ticket;
}

describe('a customer’s rating', () => {
  it('is on the ticket, in its events, among the ratings and on the wall', async () => {
    const made = await desk.call('POST', '/v1/users', { name: 'Ann', email: 'ann@example.org', role: 'agent' });
    const ann = { id: made.json<{ id: string }>().id, name: 'Ann' };
    const { id, reference, subject } = await solved({ assignee: ann.id });
    const intake = await keyOf(desk, 'intake');
    const body = { rating: 'good', comment: '  Quick, and friendly.  ' };
    const answer = await desk.call('POST', `/v1/tickets/${id}/rate`, body, intake);
    expect(answer.statusCode, answer.body).toBe(200);
    const rating = { rating: 'good', ratingComment: 'Quick, and friendly.' };
    expect(answer.json()).toMatchObject({
      ...rating,
      status: 'solved',
      ratedAt: answer.json<TicketJson>()['updatedAt'],
    });
    await eventually<TicketJson>(desk, `/v1/tickets/${id}`, (row) => expect(row).toEqual(answer.json()));
    await eventually<object>(desk, `/v1/tickets/${id}/events?type=ticket.rated`, (events) =>
      expect(events).toMatchObject({
        data: [
          {
            actor: { type: 'customer', id: 'requester' },
            data: { rating: 'good', comment: 'Quick, and friendly.', from: null },
          },
        ],
      }),
    );
    const { ratedAt } = answer.json<{ ratedAt: string }>();
    const common = { ticket: id, reference, rating: 'good', comment: 'Quick, and friendly.', ratedAt };
    const { data } = (await desk.call('GET', '/v1/satisfaction-ratings')).json<Ratings>();
    expect(data).toContainEqual({ ...common, subject, team: null, assignee: ann.id });

    const { id: other } = await solved();
    await tell(desk, other, 'rate', { rating: 'bad' });
    await eventually<object>(desk, '/v1/wall', (wall) =>
      expect(wall).toMatchObject({
        satisfaction: {
          ...{ good: 1, rated: 2, percent: 50 },
          recent: [
            { ticket: other, rating: 'bad', comment: null, assignee: null },
            { ...common, assignee: ann },
          ],
        },
      }),
    );
    const bad = await desk.call('GET', '/v1/satisfaction-ratings?rating=bad&from=2026-01-01T00:00:00Z');
    expect(bad.json()).toMatchObject({ data: [{ ticket: other }], next: null });
  });

  it('can be changed, and a repetition with its key is answered as the first time', async () => {
    const { id } = await solved();
    const key = { 'idempotency-key': 'rated' };
    const url = `/v1/tickets/${id}/rate`;
    const first = await desk.call('POST', url, { rating: 'bad', comment: 'Slow.' }, key);
    const again = await desk.call('POST', url, { rating: 'bad', comment: 'Slow.' }, key);
    expect(again.body).toBe(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const changed = await desk.call('POST', url, { rating: 'good' });
    expect(changed.json()).toMatchObject({ rating: 'good', ratingComment: null });
  });

  it('is refused before there is a solution, and once the ticket is closed', async () => {
    const { id } = await handIn(desk);
    expect((await tell(desk, id, 'rate', { rating: 'good' })).json()).toMatchObject({
      status: 409,
      detail: 'The ticket is new: it can be rated once it has been solved.',
    });
    const { id: target } = await handIn(desk);
    await tell(desk, id, 'merge', { into: target });
    await desk.app.parts.temporal.client.workflow.getHandle(ticketWorkflowId(id)).result();
    expect((await tell(desk, id, 'rate', { rating: 'good' })).json()).toMatchObject({ status: 409 });
  });

  it('is nobody’s but the customer’s', async () => {
    const { id } = await solved();
    const made = await desk.call('POST', '/v1/users', { name: 'Bo', email: 'bo@example.org', role: 'agent' });
    const ofBo = await keyOf(desk, 'agent', made.json<{ id: string }>().id);
    const own = await desk.call('POST', `/v1/tickets/${id}/rate`, { rating: 'good' }, ofBo);
    expect(own.json()).toMatchObject({
      status: 403,
      detail: 'A rating is the customer’s: nobody of the desk can give it.',
    });
    const reader = await desk.call(
      'POST',
      `/v1/tickets/${id}/rate`,
      { rating: 'good' },
      await keyOf(desk, 'read-only'),
    );
    expect(reader.statusCode).toBe(403);
  });

  it('names what is wrong with it', async () => {
    const { id } = await solved();
    for (const [body, path] of [
      [{ rating: 'fair' }, 'rating'],
      [{}, 'rating'],
      [{ rating: 'good', comment: 'x'.repeat(5001) }, 'comment'],
      [{ rating: 'good', stars: 5 }, 'stars'],
    ] as const) {
      const answer = await tell(desk, id, 'rate', body);
      expect(answer.json(), path).toMatchObject({ status: 400, errors: [{ path }] });
    }
    const query = await desk.call('GET', '/v1/satisfaction-ratings?from=2026-02-30T00:00:00Z');
    expect(query.json()).toMatchObject({ status: 400, errors: [{ path: 'query.from' }] });
  });
});
