CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
CREATE TABLE "shop_customer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" varchar(254) NOT NULL UNIQUE, "is_active" bool NOT NULL, "settings" text NOT NULL CHECK ((JSON_VALID("settings") OR "settings" IS NULL)), "visits" integer unsigned NOT NULL CHECK ("visits" >= 0), "joined" datetime NOT NULL);
CREATE TABLE "shop_order" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "total" decimal NOT NULL, "uid" char(32) NOT NULL, "customer_id" bigint NOT NULL REFERENCES "shop_customer" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NULL REFERENCES "shop_order" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "total_positive" CHECK ("total" >= '0'), CONSTRAINT "one_per_customer" UNIQUE ("customer_id", "uid"));
CREATE TABLE "shop_order_tags" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order_id" bigint NOT NULL REFERENCES "shop_order" ("id") DEFERRABLE INITIALLY DEFERRED, "tag" varchar(20) NOT NULL);
CREATE UNIQUE INDEX "shop_order_tags_order_id_tag_uniq" ON "shop_order_tags" ("order_id", "tag");
CREATE INDEX "shop_order_customer_id_1f2e" ON "shop_order" ("customer_id");
CREATE INDEX "recent" ON "shop_order" ("total" DESC, "uid") WHERE "parent_id" IS NULL;
CREATE UNIQUE INDEX "email_ci" ON "shop_customer" ((LOWER("email")));
