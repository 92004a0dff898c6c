import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writePidFile } from '../../cli/servers/pid-file.ts';
import { processStart } from '../../cli/servers/processes.ts';
import { endLeftovers, holdDataDir } from '../../cli/up/data-dir.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-data-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

test('one process at a time holds a data directory', async () => {
  const release = await holdDataDir(dataDir);
  await expect(holdDataDir(dataDir)).rejects.toThrow(`vigil up runs in ${dataDir} already (process ${process.pid})`);
  await release();
  await (
    await holdDataDir(dataDir)
  )();
  expect(await readdir(dataDir)).toEqual([]);
});

test('a data directory is free after its process was killed', async () => {
  await writeFile(path.join(dataDir, 'up.pid'), `${process.pid} 1\n`);
  await (
    await holdDataDir(dataDir)
  )();
  expect(await readdir(dataDir)).toEqual([]);
});

test('what a killed start left running is ended', async () => {
  const left = spawn('/bin/sleep', ['600']);
  await once(left, 'spawn');
  await writePidFile(path.join(dataDir, 'worker.pid'), left.pid ?? 0);
  const said: string[] = [];
  await endLeftovers(dataDir, (line) => said.push(line));
  expect(await processStart(left.pid ?? 0)).toBeNull();
  expect(said).toEqual(['worker: ended the one that an earlier start left running']);
});
