import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { totp } from '../support/totp.ts';
import { Visitor } from '../support/visitor.ts';
import { startDeskApp } from './desk-app.ts';
import { invitationFor, newPerson, password, signedIn } from './signed-in.ts';

it('logs hold nothing that one signs in with, nor who does', async () => {
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const console_ = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...parts: unknown[]) => write(parts.map(String).join(' '))),
  );
  const desk = await startDeskApp({}, { logger: pino({ level: 'trace' }, { write }) });
  const { person, browser } = await signedIn(desk, 'agent');
  const begun = await browser.call('POST', '/v1/session/second-factor', { password });
  const { uri, backupCodes } = begun.json<{ uri: string; backupCodes: string[] }>();
  const code = totp(uri);
  await browser.call('POST', '/v1/session/second-factor/confirm', { code });
  for (const given of [undefined, '000000', code, backupCodes[0]]) {
    await new Visitor(desk).call('POST', '/v1/session', { email: person.email, password, code: given });
  }
  await new Visitor(desk).call('POST', '/v1/session', { email: 'nobody@example.com', password: 'incorrect horse' });
  const token = await invitationFor(desk, (await newPerson(desk, 'agent')).id);
  await new Visitor(desk).call('POST', `/v1/invitations/${token}`, { password: 'too short' });
  await new Visitor(desk).call('POST', `/v1/invitations/${token}`, { password });
  const cookies = [...browser.cookies.values()];
  await desk.database.db.execute('drop table sign_in_tries, sign_in_accounts');
  const failed = await new Visitor(desk).call('POST', '/v1/session', { email: person.email, password });
  for (const spy of console_) spy.mockRestore();
  await desk.close();

  expect(failed.statusCode).toBe(500);
  expect(lines.length).toBeGreaterThan(20);
  const text = lines.join('\n');
  const secrets = [password, 'incorrect horse', 'example.com', token, uri, `"${code}"`, ...backupCodes, ...cookies];
  for (const secret of secrets) expect(text).not.toContain(secret);
});
