CREATE TABLE "articles" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"url" text NOT NULL,
	"language" text NOT NULL,
	"body" text NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (to_tsvector((case language when 'fr' then 'french'::regconfig when 'de' then 'german'::regconfig
    when 'ru' then 'russian'::regconfig when 'pt' then 'portuguese'::regconfig else 'english'::regconfig end), title || ' ' || body)) STORED NOT NULL,
	"title_words" "tsvector" GENERATED ALWAYS AS (to_tsvector((case language when 'fr' then 'french'::regconfig when 'de' then 'german'::regconfig
    when 'ru' then 'russian'::regconfig when 'pt' then 'portuguese'::regconfig else 'english'::regconfig end), title)) STORED NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "articles_words" ON "articles" USING gin ("words");--> statement-breakpoint
CREATE INDEX "articles_title" ON "articles" USING btree (lower("title"),"id");