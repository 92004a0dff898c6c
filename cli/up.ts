import { loadConfig } from '../config/environment.ts';
import { removeDemonstration } from '../config/demonstration.ts';
import { demonstration } from './demonstration/demonstration.ts';
import type { Say } from './servers/cache.ts';
import { killChildren } from './servers/child.ts';
import { withPort } from './up/ports.ts';
import { runDesk } from './up/run-desk.ts';
import { untilSignal } from './up/signals.ts';

export interface UpOptions {
  /** A desk that plays by itself, until somebody removes it; then the ordinary one. */
  readonly demo?: boolean;
}

/** Runs everything on this machine until it is told to stop, or until the start fails. */
export async function up(given: NodeJS.ProcessEnv, { demo = false }: UpOptions = {}): Promise<void> {
  const say: Say = (line) => console.log(line);
  const env = await withPort(given, loadConfig(given));
  const told = untilSignal(killChildren).then(() => {
    say('Vigil is stopping; Ctrl-C once more stops it at once.');
    return 'told' as const;
  });
  if (demo) {
    const desk = await demonstration(env, say);
    const until = Promise.race([told, desk.removed]);
    await runDesk(desk.env, { ...desk, say, until: until.then(() => undefined) });
    desk.stopWatching();
    if ((await until) === 'told') return;
    await removeDemonstration(desk.dataDir);
    say('The demonstration desk is gone. Here is the ordinary one:');
  }
  await runDesk(env, { say, until: told.then(() => undefined) });
}
