-- A script that SQLite accepts; in comments nothing; 'counts.
CREATE TABLE log (n INTEGER PRIMARY KEY, v TEXT DEFAULT 'it''s; -- fine');
CREATE TABLE "a;b" (`c;d` INT, [e;f] BLOB DEFAULT x'3b'); /* ; */ ;;
CREATE TRIGGER audit AFTER INSERT ON "a;b" WHEN new.[e;f] <> ';' BEGIN
    INSERT INTO log (v) VALUES (CASE WHEN new.`c;d` = 1 THEN CASE 2 WHEN 2 THEN ';' END ELSE 'END;' END);
    SELECT RAISE(IGNORE) WHERE new.`c;d` > 99; -- END;
END;
CREATE TEMP TRIGGER IF NOT EXISTS second DELETE ON log BEGIN SELECT 1; END;
EXPLAIN QUERY PLAN SELECT * FROM log;
BEGIN; INSERT INTO "a;b" VALUES (1, '\'); INSERT INTO "a;b" VALUES (2, 'a
-- b;
c'); COMMIT;
SELECT ?1, :name, @name, $name, 1.5e-3 ->> '$.a', -1 FROM log /* unfinished
