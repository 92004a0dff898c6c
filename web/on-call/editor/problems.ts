import { ApiProblem } from '../../api/client.ts';

/** What the API says is wrong with fields, such as `layers.0.rotation.start`. */
export type Problems = readonly { readonly path: string; readonly message: string }[];

export function problemsOf(error: unknown): Problems {
  if (!(error instanceof ApiProblem)) return [];
  // The preview has the schedule inside its body.
  return error.errors.map(({ path, message }) => ({ path: path.replace(/^schedule\./, ''), message }));
}

/** Those of a part, by their paths within it. */
export function within(problems: Problems, part: string): Problems {
  return problems
    .filter(({ path }) => path === part || path.startsWith(`${part}.`))
    .map(({ path, message }) => ({ path: path.slice(part.length + 1), message }));
}

/** What is said of a field and of what is in it; undefined where nothing is. */
export function messageOf(problems: Problems, field: string): string | undefined {
  const messages = within(problems, field).map(({ message }) => message);
  return [...new Set(messages)].join(' · ') || undefined;
}

/** What is said of none of the fields. */
export function othersThan(problems: Problems, fields: readonly string[]): readonly string[] {
  return problems
    .filter(({ path }) => !fields.some((field) => path === field || path.startsWith(`${field}.`)))
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
}
