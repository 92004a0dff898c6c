import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeOnce } from '../../../cli/servers/cache.ts';
import { downloadCli, downloadedCli, officialRelease } from '../../../cli/servers/cli-download.ts';
import { builtProgram, programFor } from '../../../cli/servers/go-build.ts';
import { presentTemporal } from '../../../cli/servers/temporal-source.ts';

const run = promisify(execFile);

let dir: string;
let said: string[];
const say = (line: string): void => void said.push(line);

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'vigil-source-'));
  said = [];
  await mkdir(path.join(dir, 'bin'));
  vi.stubEnv('PATH', `${path.join(dir, 'bin')}:/usr/bin:/bin`);
  vi.stubEnv('XDG_CACHE_HOME', path.join(dir, 'cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});

async function command(name: string, script: string): Promise<void> {
  const file = path.join(dir, 'bin', name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

describe('the temporal command on PATH', () => {
  test('is used where its server is new enough', async () => {
    await command('temporal', 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"');
    expect(await presentTemporal(say)).toEqual({ kind: 'cli', command: 'temporal' });
  });

  test('is not used where its server is too old, which is said', async () => {
    await command('temporal', 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"');
    expect(await presentTemporal(say)).toBeNull();
    expect(said).toEqual(['Temporal: the temporal command on PATH has server 1.29.1: too old, not used']);
  });

  test('is passed over where it is something else', async () => {
    await command('temporal', 'exit 1');
    expect(await presentTemporal(say)).toBeNull();
  });
});

describe('the official download', () => {
  let server: Server;
  let release: { url: string; sha256: string };

  beforeEach(async () => {
    await writeFile(path.join(dir, 'temporal'), '#!/bin/sh\necho downloaded\n', { mode: 0o755 });
    await run('tar', ['-czf', path.join(dir, 'cli.tar.gz'), '-C', dir, 'temporal']);
    const archive = await readFile(path.join(dir, 'cli.tar.gz'));
    server = createServer((_request, response) => response.end(archive)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    release = { url: `http://127.0.0.1:${port}/`, sha256: createHash('sha256').update(archive).digest('hex') };
  });

  afterEach(() => server.close());

  test('is kept where it has the checksum that is known', async () => {
    const file = await downloadCli(say, release);
    expect(file).toBe(downloadedCli());
    expect((await run(file ?? '')).stdout).toBe('downloaded\n');
    expect(await presentTemporal(say)).toEqual({ kind: 'cli', command: file });
  });

  test('is thrown away where it has another', async () => {
    expect(await downloadCli(say, { ...release, sha256: '0'.repeat(64) })).toBeNull();
    expect(said.at(-1)).toContain(`its checksum is ${release.sha256} instead of 0000`);
    expect(await readdir(path.join(dir, 'cache', 'vigil'))).toEqual([]);
  });

  test('is done without where nobody answers', async () => {
    server.close();
    expect(await downloadCli(say, release)).toBeNull();
    expect(said.at(-1)).toMatch(/^Temporal: the official download cannot be had \(.*ECONNREFUSED/);
  });

  test('is known for the usual machines', () => {
    expect(officialRelease('linux', 'x64')?.url).toMatch(/\/temporal_cli_\d+\.\d+\.\d+_linux_amd64\.tar\.gz$/);
    expect(officialRelease('darwin', 'arm64')?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(officialRelease('freebsd', 'x64')).toBeNull();
  });
});

describe('a build from source', () => {
  test('ends in the cache, and is not done again', async () => {
    await command('go', 'echo "example.com/one" >&2; echo "$@" >> "$0.calls"; echo built > "$GOBIN/server"');
    const file = await programFor('server', say);
    expect(file).toBe(builtProgram('server'));
    expect(await readFile(file, 'utf8')).toBe('built\n');
    await programFor('server', say);
    const calls = (await readFile(path.join(dir, 'bin', 'go.calls'), 'utf8')).trim().split('\n');
    expect(calls.filter((call) => call.startsWith('install'))).toEqual([
      'install -v go.temporal.io/server/cmd/server@v1.32.0',
    ]);
    expect(said[0]).toMatch(/^Temporal server v1\.32\.0: building it from source/);
  });

  test('that fails says why, and leaves nothing behind', async () => {
    await command('go', 'echo "go: no network" >&2; [ "$1" = version ]');
    await expect(programFor('ui', say)).rejects.toThrow('Temporal UI could not be built:\ngo: no network');
    expect(await readdir(path.join(dir, 'cache', 'vigil'))).toEqual([]);
  });

  test('without Go says what to install', async () => {
    await expect(programFor('server', say)).rejects.toThrow(/^Temporal server v1\.32\.0 is not here, .*Install Go/);
  });
});

describe('what is made once', () => {
  const make = async (folder: string): Promise<string> => {
    const file = path.join(folder, 'made');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await writeFile(file, 'made');
    return file;
  };

  test('is made by one of many', async () => {
    const file = path.join(dir, 'cache', 'thing', 'made');
    const counted = vi.fn<typeof make>(make);
    const files = await Promise.all([1, 2, 3].map(() => makeOnce(file, say, counted)));
    expect(files).toEqual([file, file, file]);
    expect(counted).toHaveBeenCalledTimes(1);
    expect(said.filter((line) => line.includes('is getting it, waiting'))).toHaveLength(2);
  });

  test('can be tried again after a failure', async () => {
    const file = path.join(dir, 'cache', 'thing', 'made');
    await expect(makeOnce(file, say, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await makeOnce(file, say, make)).toBe(file);
  });
});
