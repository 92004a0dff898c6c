import type { FieldProblem } from './field-problem.ts';
import type { Level, Priority, Status } from './ticket.ts';

/** Texts that are written once and sent often, with what is done to the ticket when they are sent. */

/** What a macro does beside its text: what the commands of a ticket can do, and nothing else. */
export interface MacroActions {
  readonly status?: Exclude<Status, 'new' | 'closed'>;
  readonly priority?: Priority;
  readonly level?: Level;
  /** A user's id, `me` for whoever sends it, null for nobody. */
  readonly assignee?: string | null;
  readonly team?: string | null;
}

/** Everything that a placeholder can name. */
export const placeholders = [
  'ticket.id',
  'ticket.subject',
  'ticket.channel',
  'ticket.requester.name',
  'ticket.requester.email',
  'agent.name',
  'agent.email',
] as const;
type Placeholder = (typeof placeholders)[number];

const marks = /\{\{\s*([^{}]*?)\s*\}\}/g;

function isPlaceholder(name: string): name is Placeholder {
  return (placeholders as readonly string[]).includes(name);
}

/** What of a body cannot be filled in. */
export function problemsOfMacro({ body }: { readonly body?: string }): FieldProblem[] {
  const unknown = new Set(
    [...(body ?? '').matchAll(marks)].map(([, name = '']) => name).filter((n) => !isPlaceholder(n)),
  );
  return [...unknown].map((name) => ({
    path: 'body',
    message: `{{${name}}} is not known; known are ${placeholders.map((known) => `{{${known}}}`).join(', ')}`,
  }));
}

/** The body with every placeholder replaced; a value is taken as it is, whatever it holds. */
export function fillIn(body: string, values: Readonly<Record<Placeholder, string>>): string {
  return body.replace(marks, (mark, name: string) => (isPlaceholder(name) ? values[name] : mark));
}
