import type { Priority, Status } from '../api/types.ts';

/** In the order in which a ticket goes through them. */
export const statuses: readonly Status[] = ['new', 'open', 'pending', 'on-hold', 'solved', 'closed'];
/** The least urgent first. */
export const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
