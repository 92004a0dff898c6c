import pg from 'pg';
import { refreshSearch } from '../db/search-words.ts';

const batchSize = 20_000;

/**
 * Adds `count` tickets of three years straight to an empty read model, each with one message of 40 words. One in ten is not
 * settled, most of these young. Words are as common as in speech: `wordaaaa` is in nearly every ticket, one in two of
 * the 20,000 words in less than one of a thousand; `seldom<n>` is in one ticket alone, for every 1,000th n.
 */
export async function fillTickets(url: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Taken back as a whole where it is interrupted, the dropped indexes too.
    await client.query('begin');
    await client.query(vocabulary);
    // An index made of all rows at once takes a fraction of the time that growing it row by row does.
    const indexes = await dropIndexes(client);
    for (let from = 0; from < count; from += batchSize) {
      const to = Math.min(from + batchSize, count) - 1;
      const { rows } = await client.query<{ ids: string[] }>(addTickets, [from, to, count]);
      await client.query(addMessages, [rows[0]?.ids]);
      await client.query(refreshSearch, [rows[0]?.ids]);
    }
    for (const index of indexes) await client.query(index);
    await client.query('commit');
    for (const table of tables) await client.query(`vacuum analyze ${table}`);
  } finally {
    await client.end();
  }
}

const tables = ['tickets', 'ticket_search', 'messages'];

/** Drops what no constraint needs, and tells how to make it again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any ($1::regclass[]) and not i.indisunique`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** 20,000 words of four letters after `word`, the first ones the most common. */
const vocabulary = `
  create temp table vocabulary as
  select array_agg('word' || chr(97 + i / 8000 % 20) || chr(97 + i / 400 % 20) || chr(97 + i / 20 % 20) || chr(97 + i % 20)
    order by i) as words
  from generate_series(0, 19999) i`;

const addTickets = `
  with numbers as (
    select i, random() as a, random() as b, random() as c,
      now() - interval '1095 days' * (1 - i / $3::float8) as created_at
    from generate_series($1::int, $2::int) i
  ), stated as (
    select *, upper(translate(substr(md5(i::text), 1, 12), 'ilou', 'wxyz')) as id, case
      when i < $3 * 0.9 and a < 0.98 or a < 0.25 then case when b < 0.95 then 'closed' else 'solved' end
      when b < 0.15 then 'new' when b < 0.5 then 'open' when b < 0.8 then 'pending' else 'on-hold' end as status
    from numbers
  ), added as (
    insert into tickets (
      id, subject, status, priority, level, channel, team, assignee, requester_email, requester_name, tags,
      custom_fields, created_at, updated_at, reopen_count, linked_incidents, sla_policy, open_time, next_due_at,
      next_due_clock
    )
    select id, 'Ticket ' || i || case when i % 1000 = 0 then ' seldom' || i else '' end, status,
      (array['low', 'normal', 'normal', 'normal', 'high', 'urgent'])[1 + floor(b * 6)::int],
      1 + floor(c * 3)::int, (array['api', 'mail', 'chat'])[1 + floor(a * 3)::int],
      'team_' || i % 10, case when status = 'new' then null else 'usr_' || i % 200 end,
      'person' || i % 50000 || '@example.com', 'Person ' || i % 50000, array['tag' || i % 500], '{}',
      created_at, created_at + interval '2 days' * c, 0, '{}', 'sla_default', '{"spans": null}',
      case when status in ('new', 'open') then created_at + interval '40 days' * c end,
      case when status in ('new', 'open') then 'resolution' end
    from stated
    returning id, created_at
  )
  select array_agg(id) as ids from added`;

const addMessages = `
  insert into messages (ticket, id, seq, author, public, automatic, body, attachments, created_at)
  select t.id, 'msg_' || t.id, 1, 'customer', true, false, b.body, '[]', t.created_at
  from tickets t, lateral (
    -- Refers to the ticket, or all would be given one text.
    select string_agg(words[1 + floor(20000 * power(random(), 6))::int], ' ') as body
    from vocabulary, generate_series(1, 40) where t.id is not null
  ) b
  where t.id = any ($1)`;
