import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { cached, makeOnce, type Say } from './cache.ts';
import { reportProgress } from './progress.ts';

const run = promisify(execFile);

/** An archive that holds the `temporal` command. */
export interface Release {
  readonly url: string;
  readonly sha256: string;
}

/** With server 1.32.0 and UI 2.54.1. */
export const cliVersion = '1.9.1';

/** From the checksums.txt of the release. */
const checksums: Readonly<Record<string, string>> = {
  linux_amd64: '09a0326a51db84d02735e53542b9ebd8c4758daf47482a9ab0abce15844e60d5',
  linux_arm64: '6c57c352d52fc3df34412376fd9ba6f74b7e3ace8e426e6cba8600156d36a145',
  darwin_amd64: '48cdd6c84c56e27ae8e4d9a47052b89289a9c552dee029b49dd312c6fb72873f',
  darwin_arm64: '41e0425378fcb4fb5766340b97435e20fe47bbff2d7bf644ec2d51f7662b7c56',
};

/** The official download for this machine; null where there is none. */
export function officialRelease(platform = process.platform, arch = process.arch): Release | null {
  const machine = `${platform}_${arch === 'x64' ? 'amd64' : arch}`;
  const sha256 = checksums[machine];
  if (sha256 === undefined) return null;
  const file = `temporal_cli_${cliVersion}_${machine}.tar.gz`;
  return { url: `https://github.com/temporalio/cli/releases/download/v${cliVersion}/${file}`, sha256 };
}

export function downloadedCli(): string {
  return cached(`temporal-cli-${cliVersion}`, 'temporal');
}

/** Downloads the command into the cache; null where it cannot be had, which `say` is told. */
export async function downloadCli(say: Say, release = officialRelease()): Promise<string | null> {
  if (release === null) return null;
  try {
    return await makeOnce(downloadedCli(), say, (folder) => download(release, folder, say));
  } catch (error) {
    say(`Temporal: the official download cannot be had (${reason(error)})`);
    return null;
  }
}

async function download({ url, sha256 }: Release, folder: string, say: Say): Promise<string> {
  const stalled = new AbortController();
  // Started anew with every piece that arrives.
  const patience = setTimeout(() => stalled.abort(new Error('no answer in 5 s')), 5000);
  let received = 0;
  const progress = reportProgress(say, 'Temporal: downloading', () => `${(received / 2 ** 20).toFixed(0)} MiB`);
  try {
    const response = await fetch(url, { signal: stalled.signal });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    const hash = createHash('sha256');
    const archive = path.join(folder, 'archive.tar.gz');
    await pipeline(
      Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
      async function* (pieces: AsyncIterable<Uint8Array>) {
        for await (const piece of pieces) {
          patience.refresh();
          received += piece.length;
          hash.update(piece);
          yield piece;
        }
      },
      createWriteStream(archive),
    );
    const found = hash.digest('hex');
    if (found !== sha256) throw new Error(`its checksum is ${found} instead of ${sha256}`);
    await run('tar', ['-xzf', archive, '-C', folder, 'temporal']);
    say(`Temporal: downloaded the temporal command ${cliVersion} in ${progress.seconds()} s`);
    return path.join(folder, 'temporal');
  } finally {
    clearTimeout(patience);
    progress.stop();
  }
}

/** What fetch says is only that it failed; the reason is its cause. */
function reason(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
