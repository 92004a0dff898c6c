import { ApiProblem, problemText } from './client.ts';

/** What a problem says of each of a form's fields, and what is left to be said of the whole. */
export function fieldErrors(
  error: unknown,
  fields: readonly string[],
): { readonly of: (field: string) => string | undefined; readonly whole: string | undefined } {
  const said = error instanceof ApiProblem ? error.errors : [];
  const isOf = (field: string) => (one: { path: string }) => one.path === field || one.path.startsWith(`${field}.`);
  const known = said.length > 0 && said.every((one) => fields.some((field) => isOf(field)(one)));
  return {
    of: (field) =>
      said
        .filter(isOf(field))
        .map(({ message }) => message)
        .join(' · ') || undefined,
    whole: error === null || error === undefined || known ? undefined : problemText(error),
  };
}
