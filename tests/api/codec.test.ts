import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecToken } from '../../config/codec-token.ts';
import { ticketWorkflowId } from '../../workflows/messages.ts';
import { secret, startDeskApp, type DeskApp } from './desk-app.ts';
import { handIn, newTicket } from './tickets-by-rest.ts';

const origin = 'http://127.0.0.1:8233';
const path = `/codec/${codecToken(secret)}`;
let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp({ VIGIL_CODEC_KEYS: `k1:${randomBytes(32).toString('base64')}` });
});
afterAll(() => desk.close());

const ask = (url: string, body: unknown) =>
  desk.app.inject({ method: 'POST', url, headers: { origin }, payload: body as object });

interface Payload {
  readonly metadata: Record<string, string>;
  readonly data: string;
}

describe("the codec for Temporal's UI", () => {
  it('decodes what a ticket was started with, which Temporal keeps encrypted', async () => {
    const key = 'of an encrypted ticket';
    const { id } = await handIn(desk, {}, key);
    expect((await handIn(desk, {}, key)).id).toBe(id);
    const { client } = desk.app.parts.temporal;
    const { events } = await client.workflow.getHandle(ticketWorkflowId(id)).fetchHistory();
    const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    const sealed = {
      metadata: Object.fromEntries(
        Object.entries(payload?.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
      ),
      data: Buffer.from(payload?.data ?? []).toString('base64'),
    };
    expect(Buffer.from(sealed.data, 'base64').toString('latin1')).not.toContain(newTicket.subject);
    const answer = await ask(`${path}/decode`, { payloads: [sealed] });
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    const [open] = answer.json<{ payloads: Payload[] }>().payloads;
    expect(JSON.parse(Buffer.from(open?.data ?? '', 'base64').toString())).toMatchObject({
      input: { subject: newTicket.subject },
    });
    const again = await ask(`${path}/encode`, { payloads: [open] });
    const [sealedAgain] = again.json<{ payloads: Payload[] }>().payloads;
    expect(sealedAgain?.metadata).toEqual(sealed.metadata);
  });

  it('lets the UI of another origin ask', async () => {
    const answer = await desk.call('OPTIONS', `${path}/decode`, undefined, {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-namespace',
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,x-namespace',
    });
  });

  it('is nowhere for who does not know its address', async () => {
    expect((await ask('/codec/guess/decode', { payloads: [] })).json()).toMatchObject({ status: 404 });
    expect((await ask(`${path}x/decode`, { payloads: [] })).json()).toMatchObject({ status: 404 });
    const guess = `/codec/${codecToken('another secret')}/decode`;
    expect((await ask(guess, { payloads: [] })).json()).toMatchObject({ status: 404 });
  });

  it('refuses what is not of its protocol', async () => {
    expect((await ask(`${path}/decode`, { payloads: 'x' })).json()).toMatchObject({ status: 400 });
    expect((await ask(`${path}/decode`, {})).json()).toMatchObject({ status: 400 });
  });

  it('is not there without keys', async () => {
    const plain = await startDeskApp();
    const answer = await plain.app.inject({ method: 'POST', url: `${path}/decode`, payload: { payloads: [] } });
    expect(answer.statusCode).toBe(404);
    await plain.close();
  });
});
