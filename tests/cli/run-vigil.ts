import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const vigil = fileURLToPath(new URL('../../cli/vigil.mjs', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one command to its end, with no more of our environment than it needs. */
export async function runVigil(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const child = startVigil(args, env);
  let out = '';
  let err = '';
  child.stdout.on('data', (text: string) => (out += text));
  child.stderr.on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

export function startVigil(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { PATH, HOME, XDG_CACHE_HOME } = process.env;
  const child = spawn(process.execPath, [vigil, ...args], {
    env: { PATH, HOME, ...(XDG_CACHE_HOME !== undefined && { XDG_CACHE_HOME }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  return child;
}
