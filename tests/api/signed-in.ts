import { expect } from 'vitest';
import { Visitor } from '../support/visitor.ts';
import type { DeskApp } from './desk-app.ts';

export const password = 'correct horse battery';

export interface Person {
  readonly id: string;
  readonly email: string;
}

let people = 0;

export async function newPerson(desk: DeskApp, role: string, more: object = {}): Promise<Person> {
  const email = `Person${++people}@example.com`;
  const made = await desk.call('POST', '/v1/users', { name: `Person ${people}`, email, role, ...more });
  expect(made.statusCode, made.body).toBe(201);
  return made.json<Person>();
}

/** The token of a new invitation. */
export async function invitationFor(desk: DeskApp, id: string): Promise<string> {
  const made = await desk.call('POST', `/v1/users/${id}/invitations`);
  expect(made.statusCode, made.body).toBe(201);
  return made.json<{ url: string }>().url.split('/welcome/')[1] ?? '';
}

/** Somebody new who has set `password`, and the browser in which they are signed in. */
export async function signedIn(desk: DeskApp, role: string): Promise<{ person: Person; browser: Visitor }> {
  const person = await newPerson(desk, role);
  const browser = new Visitor(desk);
  const token = await invitationFor(desk, person.id);
  const answer = await browser.call('POST', `/v1/invitations/${token}`, { password });
  expect(answer.statusCode, answer.body).toBe(200);
  return { person, browser };
}
