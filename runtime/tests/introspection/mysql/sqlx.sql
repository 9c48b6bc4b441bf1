create table users (
    id bigint unsigned auto_increment primary key,
    public_id binary(16) not null unique,
    email varchar(320) not null,
    email_lower varchar(320) generated always as (lower(`email`)) stored,
    full_length int as (char_length(`email`) + 1) virtual comment 'counted',
    created_at timestamp not null default current_timestamp,
    updated_at timestamp not null default current_timestamp on update current_timestamp,
    token char(26) not null default '',
    secret text not null default (''),
    unique key (email_lower),
    key (full_length)
);
create table sessions (
    id char(36) default (uuid()) primary key,
    user_id bigint unsigned not null,
    expires_at datetime default (current_timestamp + interval 1 day),
    seen_at datetime(6) not null default (utc_timestamp(6)),
    on_day date default (current_date),
    hidden int invisible,
    foreign key (user_id) references users (id) on delete cascade
);
