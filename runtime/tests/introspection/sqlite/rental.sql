CREATE TABLE language (language_id SMALLINT NOT NULL, name CHAR(20) NOT NULL, last_update TIMESTAMP NOT NULL, PRIMARY KEY (language_id));
CREATE TABLE film (
  film_id int NOT NULL,
  title VARCHAR(255) NOT NULL,
  description BLOB SUB_TYPE TEXT DEFAULT NULL,
  language_id SMALLINT NOT NULL,
  original_language_id SMALLINT DEFAULT NULL,
  rental_rate DECIMAL(4,2) DEFAULT 4.99 NOT NULL,
  rating VARCHAR(10) DEFAULT 'G',
  special_features VARCHAR(100) DEFAULT NULL,
  PRIMARY KEY (film_id),
  CONSTRAINT CHECK_special_features CHECK (special_features is null or special_features like '%Trailers%' or special_features like '%Scenes%'),
  CONSTRAINT CHECK_rating CHECK (rating in ('G','PG','PG-13','R')),
  CONSTRAINT fk_film_language FOREIGN KEY (language_id) REFERENCES language (language_id),
  CONSTRAINT fk_film_language_original FOREIGN KEY (original_language_id) REFERENCES language (language_id) ON DELETE RESTRICT
);
CREATE TABLE store (store_id INT NOT NULL, manager_staff_id SMALLINT NOT NULL, PRIMARY KEY (store_id), CONSTRAINT fk_store_staff FOREIGN KEY (manager_staff_id) REFERENCES staff (staff_id));
CREATE TABLE staff (staff_id SMALLINT NOT NULL, picture BLOB DEFAULT NULL, store_id INT NOT NULL, active SMALLINT DEFAULT 1 NOT NULL, PRIMARY KEY (staff_id), CONSTRAINT fk_staff_store FOREIGN KEY (store_id) REFERENCES store (store_id) ON DELETE NO ACTION ON UPDATE CASCADE);
CREATE INDEX idx_fk_language_id ON film(language_id);
CREATE TRIGGER film_trigger AFTER DELETE ON film BEGIN SELECT 1; END;
CREATE VIEW films AS SELECT f.title, l.name FROM film f JOIN language l USING (language_id);
