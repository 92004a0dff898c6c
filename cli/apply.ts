import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { rollOutEdits } from '../api/sla-rollout.ts';
import type { Config } from '../config/environment.ts';
import { type Database, openDatabase } from '../db/client.ts';
import { changeDesk, DeskConflict } from '../db/desk-change.ts';
import { readDesk as readStoredDesk } from '../db/desk-contents.ts';
import { FieldProblems } from '../domain/field-problem.ts';
import { pendingRollouts } from '../db/sla-policies.ts';
import { connectTemporal } from '../temporal/connection.ts';
import { carryOut } from './apply/carry-out.ts';
import { type Desk, type NamedText, readDesk } from './apply/desk-file.ts';
import { linesOf } from './apply/diff.ts';
import { plan, type Plan } from './apply/plan.ts';
import { commandAuthor, tellOfApplied } from './apply/tell.ts';

const usage = 'usage: vigil apply FILE… [--dry-run] [--prune]';

export interface Output {
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/**
 * Makes the desk what the files say, in one transaction, and prints what changes. The exit code: 0; 1 where something is
 * wrong, and nothing was written; 2 for a command line that cannot be understood.
 */
export async function apply(
  config: Config & { readonly databaseUrl: string },
  args: readonly string[],
  { say, complain }: Output = { say: console.log, complain: console.error },
): Promise<number> {
  const options = optionsIn(args);
  if (options === undefined) {
    complain(usage);
    return 2;
  }
  const { files, unreadable } = await readFiles(options.files);
  const { desk, problems } = readDesk(files);
  const database = openDatabase(config.databaseUrl, { max: 2, applicationName: 'vigil apply' });
  try {
    const wrong = [...unreadable, ...problems];
    const planned = wrong.length > 0 ? undefined : await applyDesk(database, desk, options);
    wrong.push(...(planned?.problems ?? []));
    if (planned === undefined || wrong.length > 0) {
      for (const problem of wrong) complain(problem);
      complain(`Nothing was written: ${wrong.length} ${wrong.length === 1 ? 'problem' : 'problems'}.`);
      return 1;
    }
    for (const line of linesOf(planned)) say(line);
    if (options.dryRun) say('Nothing was written: this was a dry run.');
    else await rollOut(config, database, say);
    return 0;
  } catch (error) {
    if (!(error instanceof DeskConflict) && !(error instanceof FieldProblems)) throw error;
    complain(`Nothing was written: ${error.message}`);
    return 1;
  } finally {
    await database.close();
  }
}

interface Options {
  readonly files: readonly string[];
  readonly dryRun: boolean;
  readonly prune: boolean;
}

function optionsIn(args: readonly string[]): Options | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, prune: { type: 'boolean' } },
    });
    if (positionals.length === 0) return undefined;
    return { files: positionals, dryRun: values['dry-run'] === true, prune: values.prune === true };
  } catch {
    return undefined;
  }
}

async function readFiles(names: readonly string[]): Promise<{ files: NamedText[]; unreadable: string[] }> {
  const files: NamedText[] = [];
  const unreadable: string[] = [];
  for (const name of names) {
    try {
      files.push({ name, text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(name)) });
    } catch (error) {
      const reason = error instanceof TypeError ? 'it is not UTF-8' : (error as NodeJS.ErrnoException).code;
      unreadable.push(`${name}: cannot be read (${reason})`);
    }
  }
  return { files, unreadable };
}

/** Thrown to end the transaction of a plan that is not carried out. */
class NotCarriedOut extends Error {}

/** Plans by what is there once nobody else changes it, and carries the plan out unless there is nothing to do. */
async function applyDesk(database: Database, desk: Desk, { dryRun, prune }: Options): Promise<Plan> {
  let planned: Plan | undefined;
  try {
    return await changeDesk(database, commandAuthor(), async (change) => {
      const contents = await readStoredDesk(change.tx);
      planned = plan(contents, desk, { prune });
      if (dryRun || planned.problems.length > 0 || planned.changes.length === 0) throw new NotCarriedOut();
      await carryOut(change, contents, planned.changes);
      tellOfApplied(change, contents, await readStoredDesk(change.tx));
      return planned;
    });
  } catch (error) {
    if (error instanceof NotCarriedOut && planned !== undefined) return planned;
    throw error;
  }
}

async function rollOut(config: Config, database: Database, say: (line: string) => void): Promise<void> {
  const { length } = await pendingRollouts(database);
  if (length === 0) return;
  const tickets = `the open tickets under ${length} edited SLA ${length === 1 ? 'policy' : 'policies'}`;
  try {
    const { client, connection } = await connectTemporal(config, { timeoutMs: 5000 });
    try {
      await rollOutEdits({ database, client, taskQueue: config.taskQueue });
    } finally {
      await connection.close();
    }
    say(`Temporal tells ${tickets}.`);
  } catch (error) {
    say(`A running API will tell ${tickets}, since it is not possible now: ${(error as Error).message}`);
  }
}
