import { Type } from 'typebox';
import { statuses, type Status } from '../../domain/ticket.ts';

const Count = Type.Integer({ minimum: 0 });

/** A number for each state, zero included, so that whoever reads it need not ask whether it is there. */
export const StatusCounts = Type.Object(
  Object.fromEntries(statuses.map((status) => [status, Count])) as Record<Status, typeof Count>,
);

export const TicketCounts = Type.Object({
  total: Type.Integer({ minimum: 0, description: 'exactly as many as all pages of the list hold' }),
  byStatus: StatusCounts,
});
