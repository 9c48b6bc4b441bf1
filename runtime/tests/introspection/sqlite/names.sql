-- Names that need quotes, in each of the quotes that SQLite knows.
CREATE TABLE "order" ("select" INTEGER PRIMARY KEY, [from where] TEXT, `back``tick` TEXT, 'single' TEXT, "dou""ble" TEXT, "a.b" TEXT, "😀" TEXT);
CREATE TABLE "it's; -- a table" ("(" TEXT, ")" TEXT, "," TEXT, "/* no */" TEXT, CONSTRAINT "ck, (1)" CHECK ("(" <> ')'), CONSTRAINT 'uq' UNIQUE ("(", ')'));
CREATE TABLE [😀 emoji] (id INTEGER PRIMARY KEY, parent REFERENCES "ORDER", "Other" INT REFERENCES [😀 EMOJI] (ID));
CREATE UNIQUE INDEX "an ""index"" (a)" ON "order" ("a.b" DESC, '😀', `back``tick` COLLATE nocase) WHERE "from where" <> ' WHERE (';
CREATE INDEX "where" ON "it's; -- a table" (",");
CREATE TABLE "primary" ("primary" INT, "unique" INT, "check" INT, "constraint" INT, "foreign" INT, check_in DATE, PRIMARY KEY ("Primary", "UNIQUE"));
CREATE TABLE texts (a TEXT DEFAULT '', b TEXT DEFAULT 'it''s', c TEXT DEFAULT 'back\slash', d TEXT DEFAULT '/* no */', e TEXT DEFAULT '-- no', f TEXT DEFAULT "double", g TEXT DEFAULT bare, h TEXT DEFAULT '
line', i CHECK (i IN ('', 'it''s', '\', '😀')));
