import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Why nobody can listen there, as the system's code for it; null where one can. */
export async function listenError(port: number, host: string): Promise<string | null> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
  server.close();
  await once(server, 'close');
  return null;
}

export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await listenError(port, host)) === null;
}

/**
 * Below the ports that systems hand out to outgoing connections, one of which could take a port before its server does;
 * and Temporal on PostgreSQL keeps ports of its parts as 16-bit numbers with a sign.
 */
const [lowest, highest] = [12_000, 32_767] as const;

/** Ports that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  while (servers.length < count) {
    const server = createServer();
    try {
      server.listen(randomInt(lowest, highest), '127.0.0.1');
      await once(server, 'listening');
      servers.push(server);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(
    servers.map(async (server) => {
      server.close();
      await once(server, 'close');
    }),
  );
  return ports;
}
