import pg from 'pg';

/**
 * Fills the read model of a migrated database with `n` tickets instead of those that are there, by SQL alone: a tenth of them open, 300 agents in 20
 * teams, 80 words each. Words are as frequent as in speech: `w1` is in nearly every ticket, `w10` in half of them, `w100`
 * in one of 14, `w1000` in one of 150; `order7` is in ticket 7 alone.
 */
export async function fillTickets(url: string, n: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('truncate tickets, ticket_search');
    const indexes = await dropIndexes(client);
    await client.query(makeParagraphs);
    await client.query(addTickets, [n]);
    await client.query(addWords, [n]);
    // An index is made faster than it is kept.
    for (const definition of indexes) await client.query(definition);
    await client.query('drop table paragraphs');
    await client.query('vacuum analyze tickets, ticket_search');
  } finally {
    await client.end();
  }
}

async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename in ('tickets', 'ticket_search') and indexname not like '%_pkey'`);
  for (const { name } of rows) await client.query(`drop index ${client.escapeIdentifier(name)}`);
  return rows.map(({ definition }) => definition);
}

const paragraphs = 20_000;

const makeParagraphs = `
  create table paragraphs as
  select n, setweight(to_tsvector('simple', string_agg('w' || floor(50000 ^ random())::int, ' ')), 'C') as words
  from generate_series(0, ${paragraphs - 1}) n, generate_series(1, 40) word
  group by n;
  create index on paragraphs (n)`;

const id = `upper(substr(md5('ticket ' || i), 1, 12))`;

const addTickets = `
  insert into tickets (
    id, subject, status, priority, level, channel, team, assignee, requester_email, requester_name, tags, custom_fields,
    created_at, updated_at, first_replied_at, last_customer_message_at, solved_at, closed_at, reopen_count,
    linked_incidents, sla_policy, open_time, next_due_at, next_due_clock
  )
  select ${id}, 'Trouble with order' || i, status,
    (array['low', 'normal', 'normal', 'normal', 'high', 'urgent'])[1 + floor(random() * 6)::int],
    1 + floor(random() * 3)::int, (array['api', 'email', 'chat'])[1 + floor(random() * 3)::int],
    'team_' || agent % 20, case when status <> 'new' then 'usr_' || agent end,
    'person' || i % 300000 || '@example.com', 'Person ' || i % 300000, array['tag' || floor(200 ^ random())::int], '{}',
    created_at, created_at + random() * interval '2 days', created_at + interval '1 hour', created_at,
    case when status in ('solved', 'closed') then created_at + interval '1 day' end,
    case when status = 'closed' then created_at + interval '8 days' end, 0, '{}', 'sla_default', '{"spans": null}',
    case when status in ('new', 'open') then now() + (random() - 0.3) * interval '3 days' end,
    case when status in ('new', 'open') then 'nextReply' end
  from (
    select i, floor(random() * 300)::int as agent, now() - (1 - i / $1::float) * interval '700 days' as created_at,
      -- Later tickets are open more often, as on a desk.
      case when random() < 0.02 + 0.8 * greatest(0, i / $1::float - 0.8) then
        (array['new', 'open', 'open', 'pending', 'pending', 'on-hold'])[1 + floor(random() * 6)::int]
      when random() < 0.02 then 'solved' else 'closed' end as status
    from generate_series(1, $1::int) i
  ) made`;

const addWords = `
  insert into ticket_search (ticket, created_at, search)
  select t.id, t.created_at, to_tsvector('simple', 'Trouble with order' || i || ' person' || i % 300000)
    || a.words || b.words || array_to_tsvector(array(select 'tag:' || tag from unnest(t.tags) tag))
  from generate_series(1, $1::int) i
    join tickets t on t.id = ${id}
    join paragraphs a on a.n = i % ${paragraphs}
    join paragraphs b on b.n = (i::bigint * 7919 + i / ${paragraphs}) % ${paragraphs}
  order by t.created_at`;
