import type { ChatPostMessageArguments } from '@slack/web-api';
import { type Page, subjectOf } from '../page.ts';
import { acknowledgeAction, acknowledgeValue } from './acknowledge-button.ts';

type Blocks = Extract<ChatPostMessageArguments, { blocks: unknown }>['blocks'];

/** Slack takes 50 blocks; an incident needs two, beside the header and the note on those left out. */
const mostListed = 20;
/** Slack takes 40,000 characters of text and 3000 in a section; what is escaped may be five times as long. */
const longestReason = 300;

/** All pages as one message; `text` is for notifications and screen readers. */
export function messageOf(pages: readonly Page[]): { text: string; blocks: Blocks } {
  const title = pages.length === 1 ? 'An incident waits for you' : `${pages.length} incidents wait for you`;
  const listed = pages.slice(0, mostListed);
  return {
    text: `${title}: ${listed.map(lineOf).join('; ')}${moreOf(pages)}`,
    blocks: [{ type: 'header', text: plain(title) }, ...listed.flatMap(blocksOf), ...restOf(pages)],
  };
}

function blocksOf(page: Page): Blocks {
  return [
    { type: 'section', text: { type: 'mrkdwn', text: `*${reasonOf(page)}*\n${detailsOf(page)}` } },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          style: 'primary',
          text: plain('Acknowledge'),
          action_id: acknowledgeAction,
          value: acknowledgeValue(page),
        },
        { type: 'button', text: plain('Open'), action_id: 'open', url: page.acknowledgeUrl },
      ],
    },
  ];
}

function restOf(pages: readonly Page[]): Blocks {
  const text = moreOf(pages).trim();
  return text === '' ? [] : [{ type: 'context', elements: [plain(text)] }];
}

function moreOf(pages: readonly Page[]): string {
  return pages.length > mostListed ? ` and ${pages.length - mostListed} more` : '';
}

function lineOf(page: Page): string {
  return `${reasonOf(page)} · ${subjectOf(page)}`;
}

/** Slack shows the date in the reader's own time zone. */
function detailsOf(page: Page): string {
  const { dueAt } = page;
  const about = subjectOf(page);
  const otherwise = new Date(dueAt).toISOString();
  const due = `<!date^${Math.floor(dueAt / 1000)}^{date_short_pretty} {time}|${otherwise}>`;
  return `${about[0]?.toUpperCase()}${about.slice(1)} · due ${due}`;
}

function reasonOf({ reason }: Page): string {
  return plainText(reason.slice(0, longestReason).toWellFormed());
}

/** As Slack shows it, letter by letter: no links, no mentions. */
export function plainText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false }) as const;
