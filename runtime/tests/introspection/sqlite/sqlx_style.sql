create table if not exists users
(
    id          integer primary key not null,
    username    text    not null unique collate nocase,
    uuid        blob    not null check (length(uuid) = 16),
    created_at  integer not null default (unixepoch()), -- seconds
    updated_at  text             default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) strict;
create table if not exists sessions
(
    token   text primary key,
    user_id integer not null references users on delete cascade,
    data    text not null default '{}' check (json_valid(data))
) without rowid;
create index if not exists sessions_user on sessions (user_id);
create index sessions_json on sessions (json_extract(data, '$.kind'), user_id desc) where json_extract(data, '$.kind') is not null;
