CREATE TABLE "events" (
	"stream" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"ticket" text collate "C" NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"cause" text NOT NULL,
	"data" jsonb NOT NULL,
	"changes" jsonb,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"id" bigserial NOT NULL,
	CONSTRAINT "events_stream_seq_pk" PRIMARY KEY("stream","seq")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"ticket" text collate "C" NOT NULL,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"priority" text NOT NULL,
	"team" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"step" integer NOT NULL,
	"round" integer NOT NULL,
	"responders" text[] NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"acknowledged_by" text,
	"snoozed_until" timestamp (3) with time zone,
	"resolved_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"ticket" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"author" text NOT NULL,
	"author_id" text,
	"public" boolean NOT NULL,
	"automatic" boolean NOT NULL,
	"body" text NOT NULL,
	"attachments" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "messages_ticket_id_pk" PRIMARY KEY("ticket","id")
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"dedup_key" text PRIMARY KEY NOT NULL,
	"delivered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sla_clocks" (
	"ticket" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"cycle" integer NOT NULL,
	"state" text NOT NULL,
	"target_ms" bigint,
	"activated_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"breached_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"clock" jsonb NOT NULL,
	CONSTRAINT "sla_clocks_ticket_name_cycle_pk" PRIMARY KEY("ticket","name","cycle")
);
--> statement-breakpoint
CREATE TABLE "ticket_search" (
	"ticket" text collate "C" PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"search" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"status" text NOT NULL,
	"priority" text NOT NULL,
	"level" smallint NOT NULL,
	"channel" text NOT NULL,
	"team" text,
	"assignee" text,
	"requester_email" text NOT NULL,
	"requester_name" text NOT NULL,
	"tags" text[] NOT NULL,
	"custom_fields" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"first_replied_at" timestamp (3) with time zone,
	"last_customer_message_at" timestamp (3) with time zone,
	"solved_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"reopen_count" integer NOT NULL,
	"merged_into" text collate "C",
	"follow_up_of" text collate "C",
	"linked_incidents" text[] NOT NULL,
	"sla_policy" text,
	"open_time" jsonb NOT NULL,
	"next_due_at" timestamp (3) with time zone,
	"next_due_clock" text,
	"breached_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"role" text NOT NULL,
	"user" text,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"definition" jsonb NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk_version" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "desk_version_one_row" CHECK ("desk_version"."id")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" smallint NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "sla_policies" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"conditions" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"calendar" text,
	"warn_at" jsonb NOT NULL,
	"pause_on" jsonb NOT NULL,
	"targets" jsonb NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"terms_version" bigint DEFAULT 0 NOT NULL,
	"rolled_out_version" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"team" text NOT NULL,
	"user" text NOT NULL,
	CONSTRAINT "team_members_team_user_pk" PRIMARY KEY("team","user")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"manager" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"manager" text,
	"time_zone" text,
	"contacts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_users_id_fk" FOREIGN KEY ("user") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_policies" ADD CONSTRAINT "sla_policies_calendar_calendars_id_fk" FOREIGN KEY ("calendar") REFERENCES "public"."calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_teams_id_fk" FOREIGN KEY ("team") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_user_users_id_fk" FOREIGN KEY ("user") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_manager_users_id_fk" FOREIGN KEY ("manager") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_manager_users_id_fk" FOREIGN KEY ("manager") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_position" ON "events" USING btree ("tx","id");--> statement-breakpoint
CREATE INDEX "events_ticket" ON "events" USING btree ("ticket","at","stream","seq");--> statement-breakpoint
CREATE INDEX "incidents_by_opening" ON "incidents" USING btree ("opened_at","id");--> statement-breakpoint
CREATE INDEX "incidents_ticket" ON "incidents" USING btree ("ticket");--> statement-breakpoint
CREATE INDEX "incidents_unresolved" ON "incidents" USING btree ("opened_at","id") WHERE "incidents"."status" <> 'resolved';--> statement-breakpoint
CREATE INDEX "sla_clocks_by_breach" ON "sla_clocks" USING btree ("breached_at");--> statement-breakpoint
CREATE INDEX "ticket_search_words" ON "ticket_search" USING gin ("search");--> statement-breakpoint
CREATE INDEX "tickets_by_due" ON "tickets" USING btree (coalesce("next_due_at", 'infinity'),"id");--> statement-breakpoint
CREATE INDEX "tickets_open_by_due" ON "tickets" USING btree (coalesce("next_due_at", 'infinity'),"id") WHERE "tickets"."status" not in ('solved', 'closed');--> statement-breakpoint
CREATE INDEX "tickets_open_by_urgency" ON "tickets" USING btree ((case "priority" when 'urgent' then 1 when 'high' then 2 when 'normal' then 3 else 4 end),coalesce("next_due_at", 'infinity'),"id") WHERE "tickets"."status" not in ('solved', 'closed');--> statement-breakpoint
CREATE INDEX "tickets_open_of_assignee" ON "tickets" USING btree ("assignee",coalesce("next_due_at", 'infinity'),"id") WHERE "tickets"."status" not in ('solved', 'closed');--> statement-breakpoint
CREATE INDEX "tickets_open_of_team" ON "tickets" USING btree ("team",coalesce("next_due_at", 'infinity'),"id") WHERE "tickets"."status" not in ('solved', 'closed');--> statement-breakpoint
CREATE INDEX "tickets_under_policy" ON "tickets" USING btree ("sla_policy","id") WHERE "tickets"."status" <> 'closed';--> statement-breakpoint
CREATE INDEX "tickets_by_creation" ON "tickets" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "tickets_by_update" ON "tickets" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "tickets_of_assignee" ON "tickets" USING btree ("assignee","created_at","id");--> statement-breakpoint
CREATE INDEX "tickets_of_requester" ON "tickets" USING btree (lower("requester_email"),"created_at","id");--> statement-breakpoint
CREATE INDEX "tickets_merged_into" ON "tickets" USING btree ("merged_into") WHERE "tickets"."merged_into" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE UNIQUE INDEX "calendars_name" ON "calendars" USING btree (lower("name")) WHERE "calendars"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_at" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sla_policies_name" ON "sla_policies" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "sla_policies_calendar" ON "sla_policies" USING btree ("calendar");--> statement-breakpoint
CREATE INDEX "team_members_user" ON "team_members" USING btree ("user");--> statement-breakpoint
CREATE UNIQUE INDEX "teams_name" ON "teams" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "users_manager" ON "users" USING btree ("manager");