export interface SlackText {
  readonly type: string;
  readonly text: string;
}

export interface SlackButton {
  readonly type: string;
  readonly text: SlackText;
  readonly action_id: string;
  readonly style?: string;
  readonly value?: string;
  readonly url?: string;
}

export interface SlackBlock {
  readonly type: string;
  readonly text?: SlackText;
  readonly elements?: readonly (SlackButton | SlackText)[];
}

const mostBlocks = 50;

/** What breaks the limits of Block Kit, for the blocks that Vigil uses. */
export function problemOfBlocks(blocks: readonly SlackBlock[]): string | undefined {
  if (blocks.length === 0 || blocks.length > mostBlocks) return `${blocks.length} blocks`;
  return blocks.map(problemOfBlock).find((problem) => problem !== undefined);
}

function problemOfBlock({ type, text, elements = [] }: SlackBlock): string | undefined {
  if (type === 'header') return text?.type === 'plain_text' ? problemOfText(text, 150) : 'header is not plain';
  if (type === 'section') return problemOfText(text, 3000);
  if (type === 'context') return elements.length > 10 ? 'full context' : problemOfText(elements[0] as SlackText, 3000);
  if (type === 'actions') return problemOfActions(elements as readonly SlackButton[]);
  return `block of type ${type}`;
}

function problemOfText(text: SlackText | undefined, longest: number): string | undefined {
  if (text === undefined || text.text === '' || text.text.length > longest) return 'a text is missing or too long';
  return text.type === 'mrkdwn' ? problemOfMrkdwn(text.text) : undefined;
}

function problemOfActions(buttons: readonly SlackButton[]): string | undefined {
  if (buttons.length === 0 || buttons.length > 25) return `${buttons.length} buttons`;
  if (new Set(buttons.map((button) => button.action_id)).size < buttons.length) return 'an action_id twice in a block';
  const damaged = buttons.find(({ type, text, action_id: id, value = '-', url = 'http://localhost' }) => {
    const limits = id.length <= 255 && value.length <= 2000 && value !== '' && url.length <= 3000 && URL.canParse(url);
    return type !== 'button' || text.type !== 'plain_text' || text.text.length > 75 || !limits;
  });
  return damaged === undefined ? undefined : 'a damaged button';
}

const special = /<!date\^\d+\^[^|<>]+\|[^|<>]+>/g;

/** Slack reads `&`, `<` and `>` as its own unless they are written as entities. */
export function problemOfMrkdwn(text: string): string | undefined {
  const rest = text.replace(special, '').replace(/&(?:amp|lt|gt);/g, '');
  return /[&<>]/.test(rest) ? 'a special character is not escaped' : undefined;
}
