-- Names with blanks and words of SQL.
-- only: postgres, sqlite
CREATE TABLE "Odd Table" ("a b" INTEGER);
