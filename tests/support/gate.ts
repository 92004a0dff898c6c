import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be shut, as a broken network is. */
export interface Gate {
  /** `host:port` of this side. */
  readonly address: string;
  /** Lets connections through. */
  open(): void;
  /** Breaks all connections, and every new one. */
  shut(): void;
  /** Takes new connections, and never answers: a firewall that drops what it gets. */
  hold(): void;
  close(): Promise<void>;
}

/** A gate before `target`, `host:port`; it is open. */
export async function openGate(target: string): Promise<Gate> {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  let state: 'open' | 'shut' | 'hold' = 'open';
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((incoming) => {
    keep(incoming);
    if (state === 'shut') incoming.destroy();
    if (state !== 'open') return;
    const outgoing = connect(Number(port), host);
    keep(outgoing);
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('close', () => outgoing.destroy());
    outgoing.on('close', () => incoming.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => {
      state = 'open';
      drop();
    },
    shut: () => {
      state = 'shut';
      drop();
    },
    hold: () => {
      state = 'hold';
      drop();
    },
    close: async () => {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
