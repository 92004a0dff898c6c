import { variables } from '../config/environment.ts';
import { commands, type Command } from './commands.ts';

/** What `vigil help` says: all commands, and the environment variables that they read. */
export function help(): string {
  const entries = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  return [
    'Usage: vigil <command>',
    '',
    'Commands:',
    ...columns([...entries, ['help [command]', 'say what a command does']]),
    '',
    'Environment variables:',
    ...columns(variables.map(({ name, meaning, default: unset }) => [name, `${meaning} (default: ${unset})`])),
  ].join('\n');
}

export function commandHelp(command: Command): string {
  return [`Usage: ${command.usage}`, '', command.details, '', 'vigil help lists the environment variables.'].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
