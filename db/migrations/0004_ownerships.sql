CREATE TABLE "ownerships" (
	"ticket" text collate "C" PRIMARY KEY NOT NULL,
	"team" text NOT NULL,
	"user" text NOT NULL,
	"priority" text NOT NULL,
	"number" bigserial NOT NULL,
	"given_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "ownerships_user" ON "ownerships" USING btree ("user","number");