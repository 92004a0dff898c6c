import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { vigil } from '../../db/audit-events.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { answerOnce, IdempotencyMismatch, type OnceRequest } from '../../db/idempotency.ts';
import { idempotencyKeys } from '../../db/schema/desk.ts';
import { type FreshDatabase, freshDatabase } from '../support/servers.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

let works = 0;

function ask(request: OnceRequest): ReturnType<typeof answerOnce> {
  return changeDesk(database, vigil, (change) =>
    answerOnce(change, request, async () => {
      works += 1;
      return { status: 201, body: { number: works } };
    }),
  );
}

test('twenty at once do the work once, and all get its answer', async () => {
  works = 0;
  const request = { caller: 'key_a', key: 'twenty', hash: 'h' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(request)));
  expect(works).toBe(1);
  expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
  for (const answer of answers) expect(answer).toMatchObject({ status: 201, body: { number: 1 } });
});

test("one caller's key means nothing for another's, and another request under it is refused", async () => {
  works = 0;
  await ask({ caller: 'key_a', key: 'same', hash: 'h' });
  await ask({ caller: 'key_b', key: 'same', hash: 'h' });
  expect(works).toBe(2);
  await expect(ask({ caller: 'key_a', key: 'same', hash: 'other' })).rejects.toBeInstanceOf(IdempotencyMismatch);
});

test('work that fails is not remembered', async () => {
  works = 0;
  const request = { caller: 'key_a', key: 'fails', hash: 'h' };
  const failing = changeDesk(database, vigil, (change) =>
    answerOnce(change, request, () => Promise.reject(new Error('no'))),
  );
  await expect(failing).rejects.toThrow('no');
  await ask(request);
  expect(works).toBe(1);
});

test('answers are kept for a day', async () => {
  works = 0;
  const request = { caller: 'key_a', key: 'old', hash: 'h' };
  const age = (hours: number) =>
    database.db.update(idempotencyKeys).set({ createdAt: sql`now() - make_interval(hours => ${hours})` });
  await ask(request);
  await age(24);
  await ask(request);
  expect(works).toBe(1);
  await age(26);
  await ask(request);
  expect(works).toBe(2);
});
