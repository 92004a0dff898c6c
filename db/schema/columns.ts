import { customType } from 'drizzle-orm/pg-core';

/** An instant: epoch milliseconds in the program, as everywhere in `domain/`; timestamptz in the database. */
export const instant = customType<{ data: number; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (at) => new Date(at).toISOString(),
  fromDriver: (text) => Date.parse(text),
});

/** An id. It sorts by its bytes in every database, whatever its collation, since pages and rebuilds go by ranges of ids. */
export const id = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** A transaction's number, which never wraps around; as a string, since it can outgrow a JavaScript number. */
export const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' });
