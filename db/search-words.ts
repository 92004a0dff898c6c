/** Columns of a ticket by which it is found; what changes them has to refresh its words. */
export const searchedColumns = ['subject', 'requester_email', 'requester_name', 'tags'];

/** Characters of each message by which its ticket is found. */
const perMessage = 20_000;

/**
 * Bytes of all messages by which a ticket is found. The words and their positions can take three times the text, and a
 * tsvector holds one megabyte: beyond that PostgreSQL would refuse the write, and with it the ticket's events.
 */
const perTicket = 250_000;

/** What stands before a tag in the words. The parser makes no such word, so no text is taken for a tag. */
export const tagMark = 'tag:';
export const maxTagLength = 500;

/**
 * The words of the tickets whose ids are $1, made anew from their rows, so that the result does not depend on the way
 * there. "simple" splits words and folds case in any language, and stems in none. The parts of an address are words too,
 * and so is the id as people write it.
 */
export const refreshSearch = `
  insert into ticket_search (ticket, created_at, search)
  select t.id, t.created_at,
    setweight(to_tsvector('simple', left(t.subject, 2000)), 'A')
    || setweight(to_tsvector('simple', concat_ws(' ',
      t.id, regexp_replace(t.id, '^(.{4})(.{4})(.{4})$', '\\1-\\2-\\3'), left(t.requester_name, 500),
      left(t.requester_email, 500),
      translate(left(t.requester_email, 500), '@+', '  '), translate(left(t.requester_email, 500), '@.+-_', '     '),
      left(array_to_string(t.tags, ' '), 10000)
    )), 'B')
    || setweight(to_tsvector('simple', coalesce(m.text, '')), 'C')
    || array_to_tsvector(array(select distinct '${tagMark}' || left(tag, ${maxTagLength}) from unnest(t.tags) tag))
  from tickets t, lateral (
    select string_agg(text, E'\\n' order by seq) filter (where upto <= ${perTicket}) as text
    from (
      select seq, text, sum(octet_length(text)) over (order by seq) as upto
      from (select seq, left(body, ${perMessage}) as text from messages where ticket = t.id) bodies
    ) sums
  ) m
  where t.id = any ($1::text[])
  on conflict (ticket) do update set created_at = excluded.created_at, search = excluded.search`;
