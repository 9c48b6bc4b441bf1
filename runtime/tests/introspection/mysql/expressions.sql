CREATE TABLE conditions (n INT, s VARCHAR(20), d DATE, j JSON,
    CONSTRAINT c1 CHECK (n BETWEEN 1 AND 5),
    CONSTRAINT c2 CHECK (s LIKE 'a\\%b' OR s IN ('it''s', 'x\\', '"')),
    CONSTRAINT c3 CHECK (char_length(s) > 2 AND NOT (n <=> 3)),
    CONSTRAINT c4 CHECK (d > '2020-01-01'),
    CONSTRAINT c5 CHECK (CASE WHEN n > 0 THEN s ELSE 'b' END = 'ü☂'),
    CONSTRAINT c6 CHECK (coalesce(n, 0) % 2 = 1 AND (n & 3) <> (n | ~ 4)),
    CONSTRAINT c7 CHECK (s REGEXP '^a(b|c)\\.$'),
    CONSTRAINT c8 CHECK (cast(n AS CHAR(10)) <> s),
    CONSTRAINT c9 CHECK ((n IS NULL) XOR (s IS NOT NULL)),
    CONSTRAINT c10 CHECK (json_extract(j, '$."a b"') > 1),
    CONSTRAINT c11 CHECK (s COLLATE utf8mb4_bin = 'A'),
    CONSTRAINT c12 CHECK (d + INTERVAL 1 DAY > '2020-02-02'),
    CONSTRAINT c13 CHECK (n > -1.5e3 AND n <> 0x10 AND s <> X'4142'),
    CONSTRAINT c14 CHECK ((n > 1) AND (n < 2 OR (s = ')(' AND s <> '(')))
);
CREATE TABLE computed (n INT, s VARCHAR(20), d DATE, j JSON,
    g1 VARCHAR(60) AS (concat(s, 'it''s \\ ☂', "q")) STORED,
    g2 INT AS (n * (n + 1) DIV 2) VIRTUAL,
    g3 VARCHAR(30) AS (upper(left(s, 3))) STORED,
    g4 VARCHAR(30) AS (if(n > 1, 'a', s)) VIRTUAL,
    g5 DATE AS (date_add(d, INTERVAL n DAY)) STORED,
    g6 VARCHAR(30) AS (substring_index(s, '@', -(1))) VIRTUAL,
    g7 VARCHAR(90) AS (json_unquote(json_extract(j, '$.a'))) VIRTUAL,
    g8 INT AS (year(d)) STORED,
    g9 DECIMAL(20, 4) AS (n / 3) STORED,
    g10 VARCHAR(30) AS (trim(BOTH ' ' FROM s)) VIRTUAL
);
CREATE TABLE defaults (
    d1 VARCHAR(60) DEFAULT (concat('it''s', '\\', "☂")),
    d2 DATETIME DEFAULT (now() + INTERVAL 1 DAY),
    d3 JSON DEFAULT (json_object('a', 1)),
    d4 INT DEFAULT (floor(rand() * 10)),
    d5 BIGINT DEFAULT (unix_timestamp()),
    d6 VARCHAR(60) DEFAULT (lower(hex('ab'))),
    d7 DATE DEFAULT (curdate()),
    d8 INT DEFAULT ((2)),
    d9 DOUBLE DEFAULT (pi())
);
