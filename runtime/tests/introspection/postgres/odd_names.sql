-- Names, texts and defaults that must be quoted, or that mean something else elsewhere.
CREATE TABLE "select" ("order" integer, "a.b" text, "q""x" text, "it's" text, "🦀" integer, " " integer, "UPPER" integer);
CREATE TABLE "a "" b.c" ("back\slash" text DEFAULT E'a\\b', "id" integer PRIMARY KEY);
CREATE INDEX "an index; DROP" ON "select" ("order", "a.b");
CREATE INDEX "by 🦀" ON "select" ((("🦀" + "order")));
ALTER TABLE "select" ADD CONSTRAINT "ck ""it's""" CHECK ("🦀" > 0 AND "it's" <> 'it''s' AND "q""x" <> E'\\''');
COMMENT ON TABLE "select" IS E'it''s a \\ and a "quote"\nand a line; -- no comment';
COMMENT ON COLUMN "select"."q""x" IS '$$ /* ';
COMMENT ON INDEX "by 🦀" IS '🦀''s';
COMMENT ON CONSTRAINT "ck ""it's""" ON "select" IS '\';
CREATE TYPE "Mood; of ""it""" AS ENUM ('', ' ', 'it''s', '\', '"', 'a,b', '{}', 'NULL', '🦀');
COMMENT ON TYPE "Mood; of ""it""" IS 'a ''mood''';
CREATE TYPE empty AS ENUM ();
CREATE TABLE texts (
    empty text DEFAULT '',
    quote text DEFAULT '''',
    backslash text DEFAULT '\',
    "both" varchar(20) DEFAULT E'\\''',
    lines text DEFAULT E'a\nb\r\n\tc',
    null_word text DEFAULT 'NULL',
    number_word text DEFAULT '1',
    true_word text DEFAULT 'true',
    crab char(5) DEFAULT '🦀',
    comment_word text DEFAULT '/* -- $$ ; */',
    mood "Mood; of ""it""" NOT NULL DEFAULT '\',
    moods "Mood; of ""it"""[] DEFAULT '{}',
    none empty,
    cast_word text DEFAULT 'a'::text || 'b',
    nothing varchar(3) DEFAULT NULL,
    nothing_at_all text DEFAULT NULL,
    "default" "char" DEFAULT 'x'
);
-- What the catalogue has under the same name is found first.
CREATE TABLE public.pg_class (id serial PRIMARY KEY, name text UNIQUE, parent integer REFERENCES public.pg_class);
CREATE INDEX by_name ON public.pg_class ((lower(name)));
CREATE TABLE public.pg_type (of_class integer REFERENCES public.pg_class (id));
CREATE TYPE "text" AS ENUM ('a');
CREATE TABLE uses_text (a public."text" DEFAULT 'a', b pg_catalog.text DEFAULT 'a');
CREATE TABLE a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_postgre (
    a_column_with_a_name_that_is_as_long_as_a_name_can_be_in_postgr serial PRIMARY KEY,
    a_column_with_a_name_that_is_as_long_as_a_name_can_be_in_postgs integer REFERENCES a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_postgre
);
