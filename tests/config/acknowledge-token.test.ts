import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signAcknowledge, verifyAcknowledge } from '../../config/acknowledge-token.ts';

const secret = 'a-secret-of-enough-length';
const grant = { incident: 'K7Q29MZP4WTX-FR1', user: 'usr_ann', expiresAt: 1000 };
const token = signAcknowledge(secret, grant);

test('a token is what was granted, until its end', () => {
  expect(verifyAcknowledge(secret, token, 999)).toEqual(grant);
  expect(verifyAcknowledge(secret, token, 1000)).toBeUndefined();
  expect(encodeURIComponent(token)).toBe(token);
});

test('another secret does not open it', () => {
  expect(verifyAcknowledge('another-secret-as-long', token, 0)).toBeUndefined();
});

test('no other text is a token', () => {
  const [payload = '', signature = ''] = token.split('.');
  const forged = Buffer.from(JSON.stringify([grant.incident, 'usr_eve', 1000])).toString('base64url');
  for (const text of ['', '.', payload, `${payload}.`, `.${signature}`, `${forged}.${signature}`, `${token}.x`]) {
    expect(verifyAcknowledge(secret, text, 0)).toBeUndefined();
  }
  fc.assert(fc.property(fc.string(), (text) => verifyAcknowledge(secret, text, 0) === undefined));
});
