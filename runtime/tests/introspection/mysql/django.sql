CREATE TABLE `django_content_type` (`id` integer AUTO_INCREMENT NOT NULL PRIMARY KEY, `app_label` varchar(100) NOT NULL, `model` varchar(100) NOT NULL);
ALTER TABLE `django_content_type` ADD CONSTRAINT `django_content_type_app_label_model_76bd3d3b_uniq` UNIQUE (`app_label`, `model`);
CREATE TABLE `auth_user` (`id` integer AUTO_INCREMENT NOT NULL PRIMARY KEY, `password` varchar(128) NOT NULL, `last_login` datetime(6) NULL, `is_superuser` bool NOT NULL, `username` varchar(150) NOT NULL UNIQUE, `bio` longtext NOT NULL, `date_joined` datetime(6) NOT NULL);
CREATE TABLE `shop_order` (`id` bigint AUTO_INCREMENT NOT NULL PRIMARY KEY, `uuid` char(32) NOT NULL UNIQUE, `quantity` integer UNSIGNED NOT NULL CHECK (`quantity` >= 0), `price` numeric(10, 2) NOT NULL, `weight` double precision NULL, `took` bigint NOT NULL, `data` json NOT NULL, `user_id` integer NOT NULL, `photo` longblob NULL);
ALTER TABLE `shop_order` ADD CONSTRAINT `shop_order_user_id_2ab1_fk_auth_user_id` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`);
ALTER TABLE `shop_order` ADD CONSTRAINT `price_above_zero` CHECK (`price` > 0 AND (`weight` IS NULL OR `weight` > 0.0e0));
CREATE INDEX `shop_order_took_idx` ON `shop_order` (`took` DESC, `price`);
