import { execFile } from 'node:child_process';
import { access, readFile, statfs } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Config } from '../../config/environment.ts';
import { isThere } from '../servers/cache.ts';
import { officialRelease } from '../servers/cli-download.ts';
import { goVersion, howToGetTemporal } from '../servers/go-build.ts';
import { postgresPrograms } from '../servers/postgres-binaries.ts';
import { presentTemporal } from '../servers/temporal-source.ts';
import { check, later, type Check } from './check.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

interface Manifest {
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Node.js and the packages: needed for everything. */
export async function foundationChecks(): Promise<Check[]> {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Manifest;
  return [
    await check('Node.js', async () => {
      const oldest = manifest.engines.node.replace('>=', '');
      const enough = process.versions.node.localeCompare(oldest, undefined, { numeric: true }) >= 0;
      if (!enough) throw new Error(`${process.versions.node}; install ${oldest} or newer: https://nodejs.org`);
      return process.versions.node;
    }),
    await check('npm packages', async () => {
      const names = Object.keys(manifest.dependencies);
      const there = await Promise.all(names.map((name) => isThere(path.join(root, 'node_modules', name))));
      const missing = names.filter((_, index) => !there[index]);
      if (missing.length > 0) throw new Error(`npm install installs ${missing.join(', ')}`);
      return `all ${names.length} are there`;
    }),
  ];
}

/** The embedded PostgreSQL's programs. */
export function postgresCheck(): Promise<Check> {
  return check('PostgreSQL', async () => {
    const { stdout } = await run(path.join(await postgresPrograms(), 'postgres'), ['--version']);
    return `embedded, ${stdout.trim()}`;
  });
}

/** Where a Temporal server would come from. */
export function temporalCheck(): Promise<Check> {
  return check('Temporal server', async () => {
    const said: string[] = [];
    const present = await presentTemporal((line) => said.push(line.replace(/^Temporal: /, '')));
    if (present !== null) return said.join('; ');
    const before = said.map((line) => `${line}; `).join('');
    const release = officialRelease();
    if (release !== null && (await answers(release.url))) return later(`${before}vigil up downloads it`);
    const go = await goVersion();
    if (go !== null) return later(`${before}vigil up builds it with Go, which takes some minutes once (${go})`);
    throw new Error(`${before}${howToGetTemporal}`);
  });
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(3000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

const leastFreeGb = 1;

export function dataDirCheck({ dataDir }: Config): Promise<Check> {
  return check('data directory', async () => {
    let place = dataDir;
    while (!(await isThere(place))) place = path.dirname(place);
    await access(place, constants.W_OK).catch(() => {
      throw new Error(`${place} cannot be written to: VIGIL_DATA_DIR names another directory`);
    });
    const { bavail, bsize } = await statfs(place);
    const freeGb = (bavail * bsize) / 1e9;
    const space = `${dataDir}, ${freeGb.toFixed(1)} GB free`;
    if (freeGb < leastFreeGb) throw new Error(`${space}: make room, ${leastFreeGb} GB at least`);
    return space;
  });
}
