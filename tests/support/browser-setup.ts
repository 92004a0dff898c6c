import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { buildWebApplication } from '../../cli/up/web-build.ts';
import { findTemporal } from '../../cli/servers/temporal-source.ts';
import { findChromium } from './browser.ts';
import { startStack, type Stack } from './stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    vigilUrl: string;
    adminKey: string;
    /** `POST /kill-api` and `POST /start-api` there: tests run in other processes than the one that owns the stack. */
    stackControl: string;
  }
}

/** One whole Vigil, with its web application freshly built, for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const say = (line: string): void => console.log(line);
  findChromium();
  await findTemporal(say);
  await buildWebApplication(say);
  const stack = await startStack();
  const control = await serveControl(stack);
  project.provide('vigilUrl', stack.api.url);
  project.provide('adminKey', stack.adminKey);
  project.provide('stackControl', `http://127.0.0.1:${(control.address() as AddressInfo).port}`);
  return async () => {
    control.close();
    await stack.stop();
  };
}

async function serveControl(stack: Stack): Promise<Server> {
  const commands: Readonly<Record<string, () => Promise<void>>> = {
    '/kill-api': async () => {
      const { pid, ended } = stack.api.child;
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      await ended;
    },
    '/start-api': async () => {
      await stack.startApi();
      await stack.ready();
    },
  };
  const server = createServer((request, response) => {
    const done = (status: number) => (): void => void response.writeHead(status).end();
    const command = commands[request.url ?? ''];
    if (command === undefined) done(404)();
    else command().then(done(204), done(500));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
