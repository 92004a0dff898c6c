import type { LightMyRequestResponse } from 'fastify';
import { expect, vi } from 'vitest';
import type { DeskApp } from './desk-app.ts';

export const newTicket = {
  subject: 'The printer is on fire',
  body: 'Flames come out of tray 2.',
  requester: { email: 'ann@example.com', name: 'Ann' },
};

export interface TicketJson {
  readonly id: string;
  readonly reference: string;
  readonly status: string;
  readonly createdAt: string;
  readonly [field: string]: unknown;
}

/** Hands a ticket in, and gives the answer's ticket. */
export async function handIn(desk: DeskApp, more: object = {}, key?: string): Promise<TicketJson> {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const answer = await desk.call('POST', '/v1/tickets', { ...newTicket, ...more }, headers);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<TicketJson>();
}

export async function tell(desk: DeskApp, id: string, command: string, body?: object): Promise<LightMyRequestResponse> {
  return desk.call('POST', `/v1/tickets/${id}/${command}`, body);
}

/** Gets `url` until its answer passes `check`: what a worker records is there a little later. */
export async function eventually<T>(desk: DeskApp, url: string, check: (body: T) => void): Promise<T> {
  return vi.waitFor(
    async () => {
      const answer = await desk.call('GET', url);
      expect(answer.statusCode, answer.body).toBe(200);
      const body = answer.json<T>();
      check(body);
      return body;
    },
    { timeout: 30_000, interval: 50 },
  );
}

/** A key of the role, as the header that lets it in. */
export async function keyOf(desk: DeskApp, role: string, user?: string): Promise<{ authorization: string }> {
  const made = await desk.call('POST', '/v1/api-keys', { name: role, role, ...(user !== undefined && { user }) });
  expect(made.statusCode, made.body).toBe(201);
  return { authorization: `Bearer ${made.json<{ key: string }>().key}` };
}
