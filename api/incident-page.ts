import type { IncidentRow } from '../domain/events.ts';
import { formatInstant } from '../domain/instant.ts';
import { shownId } from '../domain/ticket-id.ts';
import type { BareIncidentCommand } from './incident-commands.ts';

/** Of every page: nothing is loaded, embedded, cached, or told to other sites. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
} as const;

/** What the buttons of a page need. */
export interface PageLinks {
  /** Good for one of the buttons, once. */
  readonly token: string;
  /** To whom the incident can be handed. */
  readonly others: readonly { readonly id: string; readonly name: string }[];
}

/** The page behind a page's link. Opening it does nothing, since mail scanners open links too: the buttons do. */
export function askPage(id: string, incident: IncidentRow | undefined, links: PageLinks): string {
  const about = incident === undefined ? `<p>Incident ${escape(id)}</p>` : summaryOf(incident);
  if (incident?.status === 'resolved') return page('The incident is resolved', `${about}<p>Nothing is left to do.</p>`);
  const already = incident?.status === 'acknowledged' ? '<p>Somebody has acknowledged it already.</p>' : '';
  const acknowledge = '<form method="post"><button>Acknowledge</button></form>';
  return page('Acknowledge the incident', `${about}${already}${acknowledge}${otherForms(links)}`);
}

/** Without `links` there are no further buttons. */
export function donePage(incident: IncidentRow, done: BareIncidentCommand['type'], links: PageLinks | null): string {
  const [title, text] = wordsOf(incident, done);
  const isLeft = links !== null && done === 'acknowledge';
  return page(title, `${summaryOf(incident)}<p role="status">${text}</p>${isLeft ? otherForms(links) : ''}`);
}

export function usedPage(incident: IncidentRow): string {
  const text = 'What this link was for was done when it was first used. The newest page has a link of its own.';
  return page('Done before', `${summaryOf(incident)}<p role="status">${text}</p>`);
}

export function refusalPage(detail: string): string {
  return page('Nothing was done', `<p role="alert">${escape(detail)}</p>`);
}

function wordsOf(incident: IncidentRow, done: BareIncidentCommand['type']): [title: string, text: string] {
  switch (done) {
    case 'acknowledge':
      return ['Acknowledged', 'It is yours now, and nobody else is paged.'];
    case 'resolve':
      return ['Resolved', 'Nobody is paged for it any more.'];
    case 'escalate':
      return ['Escalated', 'Whoever is next is paged.'];
    case 'reassign':
      return ['Handed over', 'The other person is paged.'];
    case 'snooze':
      return ['It rests', `Until ${timeOf(incident.snoozedUntil)}; then it escalates.`];
  }
}

function otherForms({ token, others }: PageLinks): string {
  const form = (action: string, fields: string): string =>
    `<form method="post" action="${action}?token=${encodeURIComponent(token)}">${fields}</form>`;
  const people = others.map(({ id, name }) => `<option value="${escape(id)}">${escape(name)}</option>`).join('');
  const lengths = restTimes.map(([length, name]) => `<option value="${length}">${name}</option>`).join('');
  return [
    form('resolve', '<button>Resolve</button>'),
    form('snooze', `<label>Rest for <select name="for">${lengths}</select></label> <button>Snooze</button>`),
    people === ''
      ? ''
      : form(
          'reassign',
          `<label>Hand over to <select name="user">${people}</select></label> <button>Hand over</button>`,
        ),
  ].join('');
}

const restTimes = [
  ['PT30M', '30 minutes'],
  ['PT1H', '1 hour'],
  ['PT4H', '4 hours'],
  ['PT12H', '12 hours'],
  ['P1D', '1 day'],
] as const;

function summaryOf({ id, reason, ticket, dueAt, priority }: IncidentRow): string {
  const about = ticket === null ? `incident ${id}` : `ticket ${shownId(ticket)}`;
  return `<p>${escape(reason)}: ${escape(about)}, ${escape(priority)}, due ${timeOf(dueAt)}</p>`;
}

function timeOf(instant: number | null): string {
  const text = instant === null ? '' : formatInstant(instant);
  return `<time datetime="${text}">${text}</time>`;
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
main { max-width: 34rem; margin: 10vh auto; padding: 0 1rem }
form { margin: 1rem 0 }
button, select { font: inherit; min-height: 3rem; padding: .5rem 1rem; max-width: 100% }
</style>
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
