import { getTableColumns } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';

/** Columns of one row by their names, as JSON carries them. */
export type Columns = Readonly<Record<string, unknown>>;

/** The fields of a domain object as columns of `table`; epoch milliseconds become text that PostgreSQL reads. */
export function columnsOf(fields: object, table: PgTable): Columns {
  const columns = getTableColumns(table);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      const column = columns[field];
      return column === undefined ? [] : [[column.name, isInstant(column) ? iso(value as number | null) : value]];
    }),
  );
}

/** Inserts the rows of a JSON array. */
export function insertRows(table: PgTable, name: string, json: string): string {
  const list = columnNames(table).join(', ');
  return `insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, ${json}::jsonb)`;
}

/**
 * Changes the rows of a JSON array of `{id, columns}`, in each the given columns only. Not by `jsonb_populate_record`: made
 * into a record, a row has its long values fetched and stored again.
 */
export function patchRows(table: PgTable, name: string, json: string): string {
  const columns = Object.values(getTableColumns(table)).filter((column) => column.name !== 'id');
  const sets = columns.map(
    (c) => `${c.name} = case when p.columns ? '${c.name}' then r.${c.name} else t.${c.name} end`,
  );
  const types = columns.map((c) => `${c.name} ${c.getSQLType()}`);
  return `update ${name} t set ${sets.join(', ')}
    from jsonb_to_recordset(${json}::jsonb) p(id text, columns jsonb), jsonb_to_record(p.columns) r(${types.join(', ')})
    where t.id = p.id`;
}

/** For `on conflict … do update set`: every column as it would have been inserted. */
export function excluded(table: PgTable): string {
  return columnNames(table)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ');
}

export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function columnNames(table: PgTable): string[] {
  return Object.values(getTableColumns(table)).map((column) => column.name);
}

function isInstant(column: PgColumn): boolean {
  return column.getSQLType().startsWith('timestamp');
}
