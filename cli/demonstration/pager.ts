import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Pager {
  /** Where pages are sent to. */
  readonly address: string;
  close(): Promise<void>;
}

/** The pager that everybody at the demonstration desk carries: it takes pages, and hands on where to acknowledge them. */
export async function startPager(onPage: (acknowledgeUrl: string) => void): Promise<Pager> {
  const server = createServer((request, response) => {
    const answer = (status: number): void => void response.writeHead(status).end();
    text(request).then(
      (body) => {
        const { acknowledgeUrl } = JSON.parse(body) as { acknowledgeUrl?: string };
        if (acknowledgeUrl !== undefined) onPage(acknowledgeUrl);
        answer(204);
      },
      () => answer(400),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/pages`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
