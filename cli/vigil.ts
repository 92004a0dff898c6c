import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ConfigError } from '../config/environment.ts';
import { commands, type Command } from './commands.ts';
import { commandHelp, help } from './help.ts';

/** Thrown when the command line cannot be understood: nothing was tried. */
class UsageError extends Error {}

/** Runs one command of the command line. What goes wrong is said in one line for each thing, and in the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever read our output may be gone, such as a closed terminal: no reason to leave servers behind.
  process.stdout.on('error', () => undefined);
  try {
    await dispatch(argv);
  } catch (error) {
    for (const line of linesOf(error)) console.error(`vigil: ${line}`);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

async function dispatch([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(args[0] === undefined ? help() : commandHelp(commandNamed(args[0])));
  } else if (name === '--version') {
    console.log(await version());
  } else {
    const command = commandNamed(name);
    const { help: wanted, ...values } = valuesOf(command, args);
    if (wanted === true) console.log(commandHelp(command));
    else await command.run(values, args);
  }
}

function commandNamed(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  throw new UsageError(`there is no command "${name}"; vigil help lists them`);
}

function valuesOf({ options, usage }: Command, args: readonly string[]): Record<string, string | boolean | undefined> {
  if (options === undefined) return { help: args.includes('--help') || args.includes('-h') };
  try {
    return parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    const [what = ''] = (error as Error).message.split(/\. |\n/, 1);
    throw new UsageError(`${what}; usage: ${usage}`);
  }
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems;
  if (!(error instanceof Error)) return [String(error)];
  // A mistake of ours is told in full; what we throw on purpose says all in its message.
  const ours = error.constructor === TypeError || error.constructor === ReferenceError;
  return ((ours || process.env['LOG_LEVEL'] === 'debug' ? error.stack : error.message) ?? '').split('\n');
}
