-- A script that PostgreSQL accepts; in comments nothing; 'counts.
CREATE TABLE t (id int, "end;" text DEFAULT 'it''s; fine', j jsonb DEFAULT '{"a": ";"}' /* nested /* ; */ ; */);
CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS $body$
BEGIN IF a > 1 THEN RETURN 1; END IF; RETURN length($$x;$$::text); END $body$;
CREATE OR REPLACE FUNCTION g(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC
    SELECT 1 AS case;
    SELECT CASE WHEN a = 1 THEN CASE a WHEN 2 THEN 3 END ELSE 4 END;
    SELECT x.end FROM (SELECT 1 AS end) x;
END;
CREATE RULE r AS ON UPDATE TO t DO ALSO (INSERT INTO t (id) VALUES (1); INSERT INTO t (id) VALUES ((2)););
SELECT E'a\';b', U&'d\0061;', U&"a"";" FROM (SELECT 1 AS "a"";") q;
SELECT 'a'
 'b;', E'c\';'
 -- d
 'e\';';
SELECT B'01', x'1f', N'a;', $$a;$b$;$$, $é$;$é$, 5-$a$1$a$::int;
BEGIN; SELECT 1; COMMIT;
DO $$ BEGIN PERFORM 1; END $$;
SELECT a$b$, 2#3, @ -5, 1<>-1, (ARRAY[1, 2])[1:1] FROM (SELECT 2 AS a$b$) t
