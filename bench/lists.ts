import { fillTickets } from './fill.ts';
import { heading, load, quantile, row, type Measured } from './measure.ts';

const aYearAgo = new Date(Date.now() - 365 * 24 * 3_600_000).toISOString();
const everAYearAgo = `status=new,open,pending,on-hold,solved,closed&unsolvedAt=${aYearAgo}`;

const queries: readonly (readonly [what: string, query: string, aim: string])[] = [
  ['50 of the open queue', '', 'aim p99 under 50 ms'],
  ['50 of the open queue of one agent', 'assignee=usr_7', ''],
  ['50 of the latest', 'sort=-createdAt', ''],
  ['50 of the backlog of one team a year ago', `team=team_7&merged=false&${everAYearAgo}`, ''],
  ['search for a rare word', 'q=order123456', 'aim under 200 ms'],
  ['search for a common word', 'q=w10', 'aim under 200 ms'],
  ['search for two words', 'q=w100+w300', 'aim under 200 ms'],
];

/** Lists and searches by the API, with a read model filled by SQL. */
export async function lists(stack: Measured, tickets: number): Promise<void> {
  heading(`Lists and search, ${tickets.toLocaleString('en')} tickets in the read model`);
  await fillTickets(stack.postgres.url(), tickets);
  const path = (query: string): string => `/v1/tickets?limit=50&${query}`;
  const nothing = await load(200, 1, () => stack.request('GET', '/healthz').then((r) => r.text()));
  const beside = `an empty answer ${quantile(nothing.each, 0.99).toFixed(1)}`;
  for (const [what, query, aim] of queries) {
    await stack.request('GET', path(query)).then((r) => r.text());
    const { each } = await load(200, 1, async () => {
      const response = await stack.request('GET', path(query));
      if (response.status !== 200) throw new Error(`${query}: ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    });
    row(
      `${what}, p50 and p99, ms`,
      `${quantile(each, 0.5).toFixed(1)} and ${quantile(each, 0.99).toFixed(1)}`,
      aim || beside,
    );
  }
}
