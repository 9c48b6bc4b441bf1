-- As Rails makes it.
CREATE TABLE "schema_migrations" ("version" character varying NOT NULL PRIMARY KEY);
CREATE TABLE "ar_internal_metadata" ("key" character varying NOT NULL PRIMARY KEY, "value" character varying, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL);
CREATE TYPE "status" AS ENUM ('draft', 'published', 'archived');
CREATE TABLE "users" ("id" bigserial primary key, "email" character varying DEFAULT '' NOT NULL, "encrypted_password" character varying DEFAULT '' NOT NULL,
    "sign_in_count" integer DEFAULT 0 NOT NULL, "current_sign_in_ip" inet, "settings" jsonb DEFAULT '{}'::jsonb NOT NULL, "score" decimal DEFAULT 0.0, "rate" float DEFAULT 0.0,
    "created_at" timestamp(6) DEFAULT CURRENT_TIMESTAMP NOT NULL, "updated_at" timestamp(6) NOT NULL, "admin" boolean DEFAULT FALSE NOT NULL);
CREATE UNIQUE INDEX "index_users_on_email" ON "users" ("email");
CREATE TABLE "posts" ("id" uuid DEFAULT md5(random()::text)::uuid NOT NULL PRIMARY KEY, "user_id" bigint NOT NULL, "parent_id" uuid, "status" status DEFAULT 'draft' NOT NULL,
    "title" character varying(255), "body" text, "tags" character varying[] DEFAULT '{}', "lock_version" integer, "position" integer DEFAULT -1,
    "search" tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, coalesce("title", '') || ' ' || coalesce("body", ''))) STORED,
    CONSTRAINT "fk_rails_5b5ddfd518" FOREIGN KEY ("user_id") REFERENCES "users" ("id"));
ALTER TABLE "posts" ADD CONSTRAINT "fk_rails_parent" FOREIGN KEY ("parent_id") REFERENCES "posts" ("id") ON DELETE CASCADE;
CREATE INDEX "index_posts_on_user_id_and_status" ON "posts" ("user_id" ASC, "status" DESC NULLS LAST);
CREATE INDEX "index_posts_on_search" ON "posts" USING gin ("search");
CREATE INDEX "index_posts_on_lower_title" ON "posts" (lower(title) varchar_pattern_ops) WHERE ((status = 'published'::status) AND (parent_id IS NULL));
ALTER TABLE "posts" ADD CONSTRAINT "chk_rails_1" CHECK (char_length(body) <= 10000) NOT VALID;
COMMENT ON TABLE "posts" IS 'what users write';
CREATE TABLE "comments" ("id" serial primary key, "commentable_type" character varying NOT NULL, "commentable_id" bigint NOT NULL);
CREATE INDEX "index_comments_on_commentable" ON "comments" ("commentable_type", "commentable_id");
