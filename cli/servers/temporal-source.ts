import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isThere, type Say } from './cache.ts';
import { cliVersion, downloadCli, downloadedCli } from './cli-download.ts';
import { builtProgram, isBuilt, programFor } from './go-build.ts';

const run = promisify(execFile);

/** How a Temporal server is run: by the `temporal` command, or as the server and the UI that were built. */
export type TemporalSource =
  | { readonly kind: 'cli'; readonly command: string }
  | { readonly kind: 'built'; readonly server: string; readonly ui: string };

/** The first that can skip time for one workflow alone. */
const oldestServer = { major: 1, minor: 32 };

export interface TemporalCommand {
  /** Of the server in it, such as `1.32.0`. */
  readonly server: string;
  readonly newEnough: boolean;
}

/** The `temporal` command on PATH; null where there is none. */
export async function temporalOnPath(): Promise<TemporalCommand | null> {
  try {
    const { stdout } = await run('temporal', ['--version'], { timeout: 5000 });
    const [, server = '', major, minor] = /Server ((\d+)\.(\d+)[^\s,)]*)/.exec(stdout) ?? [];
    if (server === '') return null;
    const ahead = Number(major) - oldestServer.major;
    return { server, newEnough: ahead > 0 || (ahead === 0 && Number(minor) >= oldestServer.minor) };
  } catch {
    return null;
  }
}

/** A server that is here already; null where one has to be fetched or built. */
export async function presentTemporal(say: Say): Promise<TemporalSource | null> {
  const command = await temporalOnPath();
  if (command?.newEnough) {
    say(`Temporal: the temporal command on PATH, with server ${command.server}`);
    return { kind: 'cli', command: 'temporal' };
  }
  if (command !== null) say(`Temporal: the temporal command on PATH has server ${command.server}: too old, not used`);
  if (await isThere(downloadedCli())) {
    say(`Temporal: the temporal command ${cliVersion}, downloaded before`);
    return { kind: 'cli', command: downloadedCli() };
  }
  if (await isBuilt('server', 'ui')) {
    say('Temporal: the server that was built before');
    return { kind: 'built', server: builtProgram('server'), ui: builtProgram('ui') };
  }
  return null;
}

/** A server that is here already, or the official download, or one that is built now, which takes some minutes. */
export async function findTemporal(say: Say): Promise<TemporalSource> {
  const present = await presentTemporal(say);
  if (present !== null) return present;
  const command = await downloadCli(say);
  if (command !== null) return { kind: 'cli', command };
  return { kind: 'built', server: await programFor('server', say), ui: await programFor('ui', say) };
}
