import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDeskApp, type DeskApp } from './desk-app.ts';

let desk: DeskApp;
let document: { openapi: string; paths: Record<string, Record<string, unknown>> };
beforeAll(async () => {
  desk = await startDeskApp();
  document = (await desk.call('GET', '/openapi.json')).json();
});
afterAll(() => desk.close());

/** Such as `GET /v1/tickets/{id}`; HEAD comes with every GET, and OPTIONS is for browsers. */
function documented(): string[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

function routes(): string[] {
  const open: string[] = [];
  return desk.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', name = '', methods] = /^([│├└─\s]*)(.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      const depth = indent.length / 4;
      open.length = Math.max(0, depth - 1);
      open.push(name);
      return (methods ?? '').split(', ').map((method) => `${method} ${open.join('').replace(/:(\w+)/g, '{$1}')}`);
    })
    .filter((route) => /^(?:GET|POST|PUT|PATCH|DELETE) \/(?:v1|v2|healthz|readyz|metrics)/.test(route));
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1/);
    const result = await new Validator().validate({ ...document });
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it('has every route, and no route that is not there', () => {
    expect(documented().length).toBeGreaterThan(30);
    expect(documented().toSorted()).toEqual([...new Set(routes())].toSorted());
  });
});
