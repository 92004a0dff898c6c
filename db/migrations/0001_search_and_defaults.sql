-- What a ticket can be found by before its messages. "simple" splits words and folds case in any language.
create function ticket_search(t tickets) returns tsvector language sql stable as $$
  select setweight(to_tsvector('simple', t.subject), 'A')
    || setweight(to_tsvector('simple', concat_ws(' ', t.id, t.requester_name, t.requester_email)), 'B')
    || setweight(to_tsvector('simple', array_to_string(t.tags, ' ')), 'B')
$$;
--> statement-breakpoint
create aggregate search_concat(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '');
--> statement-breakpoint
create function characters(texts text[]) returns int language sql immutable as $$
  select coalesce(sum(length(t)), 0)::int from unnest(texts) t
$$;
--> statement-breakpoint
-- Adds messages one by one until the ticket has 150,000 characters of them, so that the vector stays below its limit of
-- one megabyte, and so that the result does not depend on how many messages are added at once.
create function searched(base tsvector, used int, texts text[]) returns tsvector language sql immutable as $$
  select search_concat(v order by n) from (
    select 0 as n, base as v
    union all
    select n, setweight(to_tsvector('simple'::regconfig, t), 'C')
    from (select t, n, sum(length(t)) over (order by n) - length(t) as before from unnest(texts) with ordinality as u(t, n)) texts
    where used + before < 150000
  ) parts
$$;
--> statement-breakpoint
insert into desk_version (id, version) values (true, 1);
--> statement-breakpoint
insert into sla_policies (id, name, position, conditions, targets, warn_at, pause_on)
values (
  'sla_default', 'Default', 1000, '{}',
  '{"low": {"firstReply": "PT2H"}, "normal": {"firstReply": "PT2H"}, "high": {"firstReply": "PT2H"}, "urgent": {"firstReply": "PT2H"}}',
  '[0.5, 0.75, 0.9]', '["pending"]'
);
