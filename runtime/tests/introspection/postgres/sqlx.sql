-- As people write it by hand.
create table if not exists users (
    id uuid primary key default md5(random()::text)::uuid,
    username text collate "C" unique not null,
    email text unique not null check (position('@' in email) > 1),
    bio text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz
);
create table follow (
    followed_user_id uuid not null references users (id) on delete cascade,
    following_user_id uuid not null references users (id) on delete cascade,
    created_at timestamptz not null default now(),
    constraint user_cannot_follow_self check (followed_user_id != following_user_id),
    primary key (following_user_id, followed_user_id)
);
create table article (
    article_id bigint primary key generated always as identity,
    user_id uuid not null references users (id) on delete cascade,
    slug text unique not null,
    tag_list text[] not null,
    price int check (price between 1 and 100 or price is null),
    state text not null default 'new' check (state in ('new', 'done')),
    body jsonb not null default '{"blocks": []}',
    unique (user_id, slug)
);
create index article_tags_gin on article using gin (tag_list);
create index article_recent on article (user_id, article_id desc) where state <> 'done';
