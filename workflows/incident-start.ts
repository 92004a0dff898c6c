import { incidentAttributes } from './attributes.ts';
import type { IncidentInput } from './messages.ts';

/** How an incident is shown in Temporal's UI from its start. */
export function incidentStartOptions({ subject }: IncidentInput): object {
  const { ticket, priority, team, reason } = subject;
  return {
    staticSummary: ticket === null ? reason : `${reason} · ticket ${ticket}`,
    typedSearchAttributes: incidentAttributes({ ticket, priority, team, status: 'triggered' }),
  };
}
