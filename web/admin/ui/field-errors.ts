import { ApiProblem } from '../../api/client.ts';

export interface FieldErrors {
  /** What the API says of a field, such as `name` or `contacts.0.address`, or of a part of it. */
  readonly at: (path: string) => string | undefined;
  /** What it says of the whole, and of fields that the form does not have; null where that is nothing. */
  readonly rest: string | null;
}

/** Brings what the API refused to where it can be put right. `fields` are the first parts of the paths that a form shows. */
export function fieldErrors(error: Error | null, fields: readonly string[]): FieldErrors {
  const errors = error instanceof ApiProblem ? error.errors : [];
  const at = (path: string): string | undefined =>
    errors.find((problem) => problem.path === path || problem.path.startsWith(`${path}.`))?.message;
  const elsewhere = errors.filter(({ path }) => !fields.includes(path.split('.')[0] ?? ''));
  // The sentence about the whole is not repeated above a field that says what is wrong.
  const said = error === null || (errors.length > 0 && elsewhere.length === 0) ? [] : [error.message];
  const rest = [...said, ...elsewhere.map(({ path, message }) => `${path} ${message}`)];
  return { at, rest: rest.length === 0 ? null : rest.join(' · ') };
}
