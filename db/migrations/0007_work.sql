CREATE TABLE "macros" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"owner" text,
	"body" text NOT NULL,
	"actions" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mention_progress" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" text NOT NULL,
	CONSTRAINT "mention_progress_one_row" CHECK ("mention_progress"."id")
);
--> statement-breakpoint
CREATE TABLE "mentions" (
	"id" text PRIMARY KEY NOT NULL,
	"user" text NOT NULL,
	"ticket" text collate "C" NOT NULL,
	"message" text collate "C" NOT NULL,
	"author" text NOT NULL,
	"number" bigserial NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "ticket_presence" (
	"ticket" text collate "C" NOT NULL,
	"user" text NOT NULL,
	"window" text NOT NULL,
	"state" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_presence_ticket_user_window_pk" PRIMARY KEY("ticket","user","window")
);
--> statement-breakpoint
CREATE TABLE "ticket_views" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"owner" text,
	"filters" jsonb NOT NULL,
	"position" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "macros" ADD CONSTRAINT "macros_owner_users_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentions" ADD CONSTRAINT "mentions_user_users_id_fk" FOREIGN KEY ("user") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_presence" ADD CONSTRAINT "ticket_presence_user_users_id_fk" FOREIGN KEY ("user") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_views" ADD CONSTRAINT "ticket_views_owner_users_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "macros_name" ON "macros" USING btree (coalesce("owner", ''),lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "mentions_message" ON "mentions" USING btree ("message","user");--> statement-breakpoint
CREATE INDEX "mentions_user" ON "mentions" USING btree ("user","number");--> statement-breakpoint
CREATE INDEX "mentions_unread" ON "mentions" USING btree ("user") WHERE "mentions"."read_at" is null;--> statement-breakpoint
CREATE INDEX "mentions_number" ON "mentions" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_views_name" ON "ticket_views" USING btree (coalesce("owner", ''),lower("name"));