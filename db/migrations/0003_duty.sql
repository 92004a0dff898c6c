CREATE TABLE "calendar_feeds" (
	"id" text PRIMARY KEY NOT NULL,
	"schedule" text,
	"user" text,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "handoffs" (
	"schedule" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"users" jsonb NOT NULL,
	"shadows" jsonb NOT NULL,
	"leaving" jsonb NOT NULL,
	"tickets_moved" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "handoffs_schedule_at_pk" PRIMARY KEY("schedule","at")
);
--> statement-breakpoint
CREATE TABLE "routing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"team" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shift_swaps" (
	"id" text PRIMARY KEY NOT NULL,
	"schedule" text NOT NULL,
	"asker" text NOT NULL,
	"asked" text NOT NULL,
	"given_start" timestamp (3) with time zone NOT NULL,
	"given_end" timestamp (3) with time zone NOT NULL,
	"taken_start" timestamp (3) with time zone,
	"taken_end" timestamp (3) with time zone,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "trainings" (
	"id" text PRIMARY KEY NOT NULL,
	"schedule" text NOT NULL,
	"layer" integer NOT NULL,
	"user" text NOT NULL,
	"start" timestamp (3) with time zone NOT NULL,
	"weeks" integer NOT NULL,
	"needs_confirmation" boolean NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"confirmed_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "ticket" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ALTER COLUMN "ticket" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "ownership" jsonb;--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "uid" text;--> statement-breakpoint
ALTER TABLE "schedules" ADD COLUMN "handoff" jsonb DEFAULT '{"tickets":"keep","announce":[]}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_schedule_schedules_id_fk" FOREIGN KEY ("schedule") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_user_users_id_fk" FOREIGN KEY ("user") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_schedule_schedules_id_fk" FOREIGN KEY ("schedule") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routing_keys" ADD CONSTRAINT "routing_keys_team_teams_id_fk" FOREIGN KEY ("team") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_swaps" ADD CONSTRAINT "shift_swaps_schedule_schedules_id_fk" FOREIGN KEY ("schedule") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_swaps" ADD CONSTRAINT "shift_swaps_asker_users_id_fk" FOREIGN KEY ("asker") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_swaps" ADD CONSTRAINT "shift_swaps_asked_users_id_fk" FOREIGN KEY ("asked") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_schedule_schedules_id_fk" FOREIGN KEY ("schedule") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_user_users_id_fk" FOREIGN KEY ("user") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_hash" ON "calendar_feeds" USING btree ("hash");--> statement-breakpoint
CREATE UNIQUE INDEX "routing_keys_name" ON "routing_keys" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "routing_keys_hash" ON "routing_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "shift_swaps_schedule" ON "shift_swaps" USING btree ("schedule","created_at");--> statement-breakpoint
CREATE INDEX "trainings_schedule" ON "trainings" USING btree ("schedule");