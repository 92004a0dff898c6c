import type { Page } from '../../../channels/page.ts';

const token = 'WyJpbmNpZGVudCJd.c2lnbmF0dXJl';

/** A page as the paging activities make them; `more` replaces parts of it. */
export function pageOf(more: Partial<Page> = {}): Page {
  const incident = more.incident ?? '7GQ2M9ZPWTXA';
  return {
    incident,
    ticket: 'K7Q29MZP4WTX',
    step: 1,
    round: 2,
    user: 'usr_ann',
    dedupKey: `${incident}:1:2:usr_ann:contact1`,
    reason: 'First reply breached',
    priority: 'urgent',
    dueAt: Date.parse('2026-01-05T11:00:00Z'),
    acknowledgeUrl: `https://vigil.example.com/v1/incidents/${incident}/acknowledge?token=${token}`,
    ...more,
  };
}

/** Pages of as many incidents, each about a ticket of its own. */
export function pagesOf(count: number, more: Partial<Page> = {}): [Page, ...Page[]] {
  const page = (i: number): Page => {
    const number = String(i).padStart(4, '0');
    return pageOf({ incident: `7GQ2M9ZP${number}`, ticket: `K7Q29MZP${number}`, ...more });
  };
  return [page(1), ...Array.from({ length: count - 1 }, (_, i) => page(i + 2))];
}
