-- Keys of gateways: only their hashes. Read by event-intake alone; there is no view.
set role city_brain_intake;

create table intake.gateway_key (
    key_id     text primary key check (key_id ~ '^[0-9a-f]{16}$'),
    source_id  text not null references intake.source,
    hash       bytea not null check (length(hash) = 32),
    created_at timestamptz not null,
    ends_at    timestamptz
);
comment on table intake.gateway_key is 'hash: SHA-256 of the whole key, which is shown once and kept nowhere.';
comment on column intake.gateway_key.ends_at is 'From then on it is refused: revoked, or the end of its overlap with a newer one. Only ever brought forward.';
create index gateway_key_by_source on intake.gateway_key (source_id, created_at);

-- Counts the changes, so that every instance sees with one small read, twice a second, whether there is anything new.
create table intake.gateway_key_change (
    only_row boolean primary key default true check (only_row),
    number   bigint not null
);
insert into intake.gateway_key_change (number) values (0);
reset role;
