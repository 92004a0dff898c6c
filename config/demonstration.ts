import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The demonstration desk has a data directory of its own, so that nothing of it can be left over. Files in there say
 * that it is one, and that it is to be removed: that is how the API tells `vigil up`.
 */
const mark = (dataDir: string): string => path.join(dataDir, 'is-demonstration');
const wish = (dataDir: string): string => path.join(dataDir, 'to-be-removed');

export function demonstrationDir(dataDir: string): string {
  return path.join(dataDir, 'demonstration');
}

export function isDemonstration(dataDir: string): boolean {
  return existsSync(mark(dataDir));
}

export async function markDemonstration(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(mark(dataDir), '');
}

export async function askForRemoval(dataDir: string): Promise<void> {
  await writeFile(wish(dataDir), '');
}

export function removalIsAsked(dataDir: string): boolean {
  return existsSync(wish(dataDir));
}

export async function removeDemonstration(dataDir: string): Promise<void> {
  if (isDemonstration(dataDir)) await rm(dataDir, { recursive: true, force: true });
}
