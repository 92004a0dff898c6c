insert into desk_version (id, version) values (true, 1);
--> statement-breakpoint
insert into sla_policies (id, name, position, conditions, targets, warn_at, pause_on)
values (
  'sla_default', 'Default', 1000, '{}',
  '{"low": {"firstReply": "PT2H"}, "normal": {"firstReply": "PT2H"}, "high": {"firstReply": "PT2H"}, "urgent": {"firstReply": "PT2H"}}',
  '[0.5, 0.75, 0.9]', '["pending"]'
);
