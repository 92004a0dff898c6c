import type { Level } from './ticket.ts';

/** How soon a ticket of a view is due at the latest; `PT0S`: it is overdue. */
export const dueWithin = ['PT0S', 'PT1H', 'PT4H', 'P1D'] as const;

/** What a saved view asks of tickets: the filters of the queue's address, each as it stands there. */
export interface ViewFilters {
  /** One or more, separated by commas; without it, whatever is neither solved nor closed. */
  readonly status?: string;
  readonly priority?: string;
  /** A user's id, `none`, or `me` for whoever looks. */
  readonly assignee?: string;
  /** A team's id or `none`. */
  readonly team?: string;
  readonly level?: Level;
  readonly channel?: string;
  readonly tag?: string;
  readonly q?: string;
  readonly due?: (typeof dueWithin)[number];
}
