import type { IncidentRow } from '../domain/events.ts';
import { formatInstant } from '../domain/instant.ts';
import { shownId } from '../domain/ticket-id.ts';

/** Of every page: nothing is loaded, embedded, cached, or told to other sites. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
} as const;

/** The page behind a page's link. Opening it does nothing, since mail scanners open links too: the button does. */
export function askPage(id: string, incident: IncidentRow | undefined): string {
  const about = incident === undefined ? `<p>Incident ${escape(id)}</p>` : summaryOf(incident);
  if (incident?.status === 'resolved') return page('The incident is resolved', `${about}<p>Nothing is left to do.</p>`);
  const already = incident?.status === 'acknowledged' ? '<p>Somebody has acknowledged it already.</p>' : '';
  return page('Acknowledge the incident', `${about}${already}<form method="post"><button>Acknowledge</button></form>`);
}

export function donePage(incident: IncidentRow): string {
  return page('Acknowledged', `${summaryOf(incident)}<p role="status">It is yours now, and nobody else is paged.</p>`);
}

export function refusalPage(detail: string): string {
  return page('Not acknowledged', `<p role="alert">${escape(detail)}</p>`);
}

function summaryOf({ id, reason, ticket, dueAt, priority }: IncidentRow): string {
  const about = ticket === null ? `incident ${id}` : `ticket ${shownId(ticket)}`;
  const due = formatInstant(dueAt);
  return `<p>${escape(reason)}: ${escape(about)}, ${escape(priority)}, due <time datetime="${due}">${due}</time></p>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif }
main { max-width: 34rem; margin: 15vh auto; padding: 0 1rem }
button { font: inherit; padding: .75rem 1.5rem }
</style>
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
