import { timestamp } from 'drizzle-orm/pg-core';

/** An instant, as configuration has it: the driver's Date, to the millisecond. */
export const date = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

export const created = {
  createdAt: date('created_at').notNull().defaultNow(),
  updatedAt: date('updated_at').notNull().defaultNow(),
};
