import { type Column, type SQL, sql } from 'drizzle-orm';

/** A page of a list that is ordered by name, without regard to case, and then by id. */
export interface NamePage {
  /** The last row of the page before. */
  readonly after?: { readonly name: string; readonly id: string } | undefined;
  readonly limit: number;
}

interface Named {
  readonly name: Column;
  readonly id: Column;
}

export function afterName({ name, id }: Named, { after }: NamePage): SQL | undefined {
  return after && sql`(lower(${name}), ${id}) > (lower(${after.name}), ${after.id})`;
}

export function byName({ name, id }: Named): SQL[] {
  return [sql`lower(${name})`, sql`${id}`];
}
