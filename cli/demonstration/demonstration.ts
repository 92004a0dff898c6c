import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { demonstrationDir, isDemonstration, markDemonstration, removalIsAsked } from '../../config/demonstration.ts';
import { loadConfig } from '../../config/environment.ts';
import { secretOf } from '../../config/secret.ts';
import { apply } from '../apply.ts';
import type { Say } from '../servers/cache.ts';
import type { DeskRun } from '../up/run-desk.ts';
import { startPlayers } from './players.ts';

const deskFile = fileURLToPath(new URL('desk.yaml', import.meta.url));
const watchMs = 300;

export interface Demonstration extends Required<Pick<DeskRun, 'before' | 'beside' | 'adminKey'>> {
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  /** Once somebody has asked for it. */
  readonly removed: Promise<'removed'>;
  readonly stopWatching: () => void;
}

/** The demonstration desk: servers, data and people of its own, in a folder of the data directory. */
export async function demonstration(given: NodeJS.ProcessEnv, say: Say): Promise<Demonstration> {
  const ordinary = loadConfig(given);
  refuseForeignServers(ordinary);
  const dataDir = demonstrationDir(ordinary.dataDir);
  const secret = secretOf({ secret: ordinary.secret, dataDir });
  const adminKey =
    ordinary.adminKey ?? `vigil_${createHmac('sha256', secret).update('demonstration').digest('base64url')}`;
  let timer: NodeJS.Timeout | undefined;
  const removed = new Promise<'removed'>((resolve) => {
    timer = setInterval(() => {
      if (removalIsAsked(dataDir)) resolve('removed');
    }, watchMs);
  });
  return {
    env: { ...given, VIGIL_DATA_DIR: dataDir, VIGIL_ADMIN_KEY: adminKey },
    dataDir,
    adminKey,
    removed,
    stopWatching: () => clearInterval(timer),
    before: async (config) => {
      if (isDemonstration(dataDir)) return;
      const code = await apply(config, [deskFile], { say: () => undefined, complain: say });
      if (code !== 0) throw new Error('the demonstration desk could not be set up');
      await markDemonstration(dataDir);
    },
    beside: (api) => startPlayers({ api, adminKey, say }),
  };
}

/** What is not ours alone could not be removed with one click. */
function refuseForeignServers({ databaseUrl, temporal }: ReturnType<typeof loadConfig>): void {
  const foreign = [
    ...(databaseUrl === null ? [] : ['DATABASE_URL']),
    ...(temporal.externalTemporal ? ['TEMPORAL_ADDRESS, or the profile that names it'] : []),
  ];
  if (foreign.length === 0) return;
  throw new Error(`The demonstration desk runs on servers of its own: unset ${foreign.join(' and ')}`);
}
