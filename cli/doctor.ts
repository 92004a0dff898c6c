import { ConfigError, loadConfig, type Config } from '../config/environment.ts';
import type { Check } from './doctor/check.ts';
import { dataDirCheck, foundationChecks, postgresCheck, temporalCheck } from './doctor/machine.ts';
import { serviceChecks } from './doctor/services.ts';

/** Looks whether everything is there that `vigil up` needs, and changes nothing. Resolves with whether it is. */
export async function doctor(env: NodeJS.ProcessEnv, { json }: { readonly json: boolean }): Promise<boolean> {
  const checks = await allChecks(env);
  const healthy = checks.every(({ state }) => state !== 'missing');
  if (json) console.log(JSON.stringify({ healthy, checks }, null, 2));
  else for (const { state, name, detail } of checks) console.log(`${state.padEnd(7)}  ${name}: ${detail}`);
  return healthy;
}

async function allChecks(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const foundation = await foundationChecks();
  let config: Config;
  try {
    config = loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map((detail): Check => ({ name: 'configuration', state: 'missing', detail }));
    return [...foundation, ...problems];
  }
  return [
    ...foundation,
    { name: 'configuration', state: 'ok', detail: 'can be used' },
    ...(config.databaseUrl === null ? [await postgresCheck()] : []),
    ...(config.temporal.externalTemporal ? [] : [await temporalCheck()]),
    await dataDirCheck(config),
    ...(await serviceChecks(config)),
  ];
}
