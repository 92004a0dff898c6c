ALTER TABLE "tickets" ADD COLUMN "rating" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "rating_comment" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "rated_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "tickets_by_rating" ON "tickets" USING btree ("rated_at","id") WHERE "tickets"."rated_at" is not null;