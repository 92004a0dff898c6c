import { readFile, stat } from 'node:fs/promises';
import { expect, inject, it } from 'vitest';

const dist = new URL('../../web/dist/', import.meta.url);
const get = (path: string, accept = 'text/html'): Promise<Response> =>
  fetch(inject('vigilUrl') + path, { headers: { accept } });

it('answers browsers with the page at every address that is no route, under a strict policy', async () => {
  for (const path of ['/', '/queue', '/tickets/K7Q2-9MZP-4WTX?x=1', '/nowhere']) {
    const answer = await get(path);
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    const [, nonce = 'none'] = /'nonce-([^']+)'/.exec(policy) ?? [];
    expect(await answer.text()).toContain(`nonce="${nonce}"`);
  }
});

it('leaves the API as it is', async () => {
  const isProblem = async (answer: Response, status: number): Promise<void> => {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    await answer.body?.cancel();
  };
  await isProblem(await get('/v1/nowhere'), 404);
  await isProblem(await get('/v2/nowhere'), 404);
  await isProblem(await get('/assets/nowhere.js'), 404);
  await isProblem(await get('/nowhere', 'application/json'), 404);
  await isProblem(
    await fetch(`${inject('vigilUrl')}/queue`, { method: 'POST', headers: { accept: 'text/html' } }),
    404,
  );
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
});

it('lets browsers keep what is named by its content, compressed', async () => {
  const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(await (await get('/')).text()) ?? [];
  const answer = await fetch(inject('vigilUrl') + script, { headers: { 'accept-encoding': 'br' } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('content-encoding')).toBe('br');
  await answer.body?.cancel();
});

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

it.each([
  'pages/sign-in.tsx',
  'pages/queue.tsx',
  'pages/ticket.tsx',
  'pages/macros.tsx',
  'pages/schedule.tsx',
  'pages/schedule-edit.tsx',
  'pages/settings.tsx',
  'admin/people/person-page.tsx',
  'admin/sla-policies/sla-policy-page.tsx',
  'admin/simulator/simulator-page.tsx',
  'admin/calendars/calendar-page.tsx',
  'admin/audit/audit-page.tsx',
])('loads less than 200 KB of script before %s can be used', async (page) => {
  const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8')) as Record<string, Chunk>;
  const files = new Set<string>();
  const add = (name: string): void => {
    const { file, imports = [] } = manifest[name] ?? { file: '' };
    if (file === '' || files.has(file)) return;
    files.add(file);
    imports.forEach(add);
  };
  for (const name of ['index.html', 'shell/frame.tsx', 'locales/ru/desk.json', page]) add(name);
  let bytes = 0;
  for (const file of files) bytes += (await stat(new URL(`${file}.gz`, dist))).size;
  expect(files.size).toBeGreaterThan(3);
  expect(bytes).toBeLessThan(200_000);
});
