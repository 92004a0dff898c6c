import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startWorkingDesk();
});
afterAll(() => desk.close());

const fire = { title: 'Printers on fire', url: 'https://help.example.com/fire', language: 'en', body: 'Water.' };
const paper = { title: 'Paper', url: 'https://help.example.com/paper', language: 'en' };

interface Article {
  readonly id: string;
  readonly title: string;
}

async function add(article: object): Promise<Article> {
  const answer = await desk.call('POST', '/v1/articles', article, await keyOf(desk, 'agent'));
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Article>();
}

test('an article is kept, changed in part, told of in the trail, and deleted', async () => {
  const made = await add(paper);
  expect(made).toMatchObject({ ...paper, body: '' });
  const url = `/v1/articles/${made.id}`;
  const changed = await desk.call('PATCH', url, { body: 'A4 or A5.' });
  expect(changed.json()).toMatchObject({ ...paper, body: 'A4 or A5.' });
  expect((await desk.call('GET', url)).json()).toEqual(changed.json());
  const trail = await desk.call('GET', '/v1/audit-events');
  expect(JSON.stringify(trail.json())).toContain('"resource":"articles"');
  expect(JSON.stringify(trail.json())).toContain('"name":"Paper"');
  expect((await desk.call('DELETE', url)).statusCode).toBe(204);
  expect((await desk.call('GET', url)).statusCode).toBe(404);
  expect((await desk.call('PATCH', url, { body: 'x' })).statusCode).toBe(404);
});

test('articles are listed by title, page by page', async () => {
  const titles = ['b', 'A', 'c', 'a'].map((letter) => `Page ${letter}`);
  for (const title of titles) await add({ ...paper, title });
  const read: string[] = [];
  for (let query = '?limit=3'; query !== '';) {
    const { data, next } = (await desk.call('GET', `/v1/articles${query}`)).json<{ data: Article[]; next: string }>();
    read.push(...data.map(({ title }) => title));
    query = next === null ? '' : `?limit=3&cursor=${next}`;
  }
  expect(read.filter((title) => title.startsWith('Page')).map((title) => title.toLowerCase())).toEqual(
    ['Page a', 'Page a', 'Page b', 'Page c'].map((title) => title.toLowerCase()),
  );
});

test('a ticket is offered what may answer it, and words find articles', async () => {
  const { id } = await add(fire);
  const { reference, id: ticket } = await handIn(desk);
  const suggestion = { id, title: fire.title, url: fire.url, language: 'en' };
  await eventually<object>(desk, `/v1/tickets/${ticket}`, () => undefined);
  const offered = await desk.call('GET', `/v1/article-suggestions?ticket=${reference}`);
  expect(offered.json()).toEqual({ data: [suggestion] });
  expect((await desk.call('GET', '/v1/article-suggestions?q=printer')).json()).toEqual({ data: [suggestion] });
  expect((await desk.call('GET', '/v1/article-suggestions?q=nonsense')).json()).toEqual({ data: [] });
  expect((await desk.call('GET', '/v1/article-suggestions?ticket=0000-0000-0000')).statusCode).toBe(404);
  for (const query of ['', `?q=x&ticket=${reference}`]) {
    const wrong = await desk.call('GET', `/v1/article-suggestions${query}`);
    expect(wrong.json()).toMatchObject({ status: 400, errors: [{ message: 'must have either ticket or q' }] });
  }
});

test('articles are for who may read, and changed by who may work', async () => {
  for (const [role, read, write] of [
    ['read-only', 200, 403],
    ['intake', 403, 403],
  ] as const) {
    const key = await keyOf(desk, role);
    expect((await desk.call('GET', '/v1/articles', undefined, key)).statusCode).toBe(read);
    expect((await desk.call('GET', '/v1/article-suggestions?q=x', undefined, key)).statusCode).toBe(read);
    expect((await desk.call('POST', '/v1/articles', fire, key)).statusCode).toBe(write);
  }
});

test.each([
  [{ ...paper, url: 'javascript:alert(1)' }, 'url'],
  [{ ...paper, url: 'https://' }, 'url'],
  [{ ...paper, language: 'la' }, 'language'],
  [{ ...paper, title: '' }, 'title'],
  [{ url: paper.url, language: 'en' }, 'title'],
  [{ ...paper, body: null }, 'body'],
])('what is wrong with %j is said', async (body, path) => {
  const answer = await desk.call('POST', '/v1/articles', body);
  expect(answer.statusCode).toBe(400);
  expect(answer.json<{ errors: { path: string }[] }>().errors.map((error) => error.path)).toContain(path);
});
