CREATE TABLE "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY);
CREATE TABLE "ar_internal_metadata" ("key" varchar NOT NULL PRIMARY KEY, "value" varchar, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL);
CREATE TABLE "authors" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar DEFAULT '' NOT NULL, "admin" boolean DEFAULT 0, "rating" decimal(10,2) DEFAULT '0.0', "born" date, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL);
CREATE TABLE "posts" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "author_id" integer NOT NULL, "title" varchar(80), "body" text, "views" bigint DEFAULT 0 NOT NULL, "full" varchar GENERATED ALWAYS AS (title || body) VIRTUAL, CONSTRAINT "fk_rails_54b7fd4c1a"
FOREIGN KEY ("author_id")
  REFERENCES "authors" ("id")
 ON DELETE CASCADE, CONSTRAINT chk_rails_views CHECK (views >= 0));
CREATE INDEX "index_posts_on_author_id" ON "posts" ("author_id");
CREATE UNIQUE INDEX "index_authors_on_lower_name" ON "authors" (lower(name));
