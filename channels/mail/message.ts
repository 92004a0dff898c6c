import { createHash } from 'node:crypto';
import { formatInstant } from '../../domain/instant.ts';
import type { Notice } from '../notice.ts';
import { type Page, subjectOf } from '../page.ts';

type Pages = readonly [Page, ...Page[]];

/** All pages as one mail. The same first page gives the same Message-ID, so that a repetition can be told as one. */
export function messageOf(pages: Pages, from: string) {
  const subject = pages.length === 1 ? titleOf(pages[0]) : `${pages.length} incidents wait for you`;
  return {
    subject,
    messageId: messageIdOf(pages[0].dedupKey, from),
    headers,
    text: pages.map(textOf).join('\n\n'),
    html: `<!doctype html>\n<html lang="en"><body>\n${pages.map(htmlOf).join('\n')}\n</body></html>\n`,
  };
}

export function noticeOf({ id, title, text }: Notice, from: string) {
  return { subject: title, messageId: messageIdOf(id, from), headers, text: `${text}\n` };
}

/** RFC 3834: whoever answers mails by themselves should not answer these. */
const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

function messageIdOf(key: string, from: string): string {
  const domain = /@([^\s@<>]+)>?\s*$/.exec(from)?.[1] ?? 'vigil.invalid';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}>`;
}

function titleOf(page: Page): string {
  return `${page.reason} · ${subjectOf(page)}`;
}

function textOf(page: Page): string {
  return `${titleOf(page)}\nDue ${formatInstant(page.dueAt)}\nAcknowledge: ${page.acknowledgeUrl}\n`;
}

function htmlOf(page: Page): string {
  const due = formatInstant(page.dueAt);
  const link = `<a href="${escape(page.acknowledgeUrl)}">Acknowledge</a>`;
  return `<p>${escape(titleOf(page))}<br>Due <time datetime="${due}">${due}</time><br>${link}</p>`;
}

function escape(text: string): string {
  const once = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return once.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
