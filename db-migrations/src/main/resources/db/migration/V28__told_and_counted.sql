-- Overview numbers, search, and being told: subscriptions, notices, webhooks, receipts, hand-overs.
-- Rather not at all than with everybody waiting behind it (docs/containers.md).
set local lock_timeout = '30s';
create extension if not exists pg_trgm;

set role city_brain_dispatch;

-- What the overview counts of a span of time. Lines of these kinds are few: none of them is written by a storm of reports.
create index incident_event_counted on dispatch.incident_event (recorded_at)
    where kind in ('ACKNOWLEDGED', 'CONTAINED', 'RESOLVED', 'CLOSED', 'REOPENED', 'MARKED_FALSE', 'DEADLINE_MISSED', 'ESCALATED',
                   'SUPERVISED');

-- How far the receipts of city-brain-api have been written into timelines.
insert into dispatch.relay_position (name, transaction_id, sequence, moved_at) values ('receipts', '0'::xid8, 0, now());
reset role;

-- Being told. All of it is read and written by city-brain-api alone; dispatch-service reads the receipts.
set role city_brain_api;

create table api.subscription (
    id                  uuid primary key,
    person              text not null,
    reach               text not null,
    department          text,
    units               text[] not null check (cardinality(units) > 0),
    levels              text[] not null check (levels <@ array['I', 'II', 'III', 'IV']),
    scopes              text[] not null check (scopes <@ array['R1', 'R2', 'R3']),
    types               text[] not null,
    events              text[] not null check (cardinality(events) > 0),
    channel             text not null check (channel in ('LIVE', 'WEBHOOK')),
    url                 text check ((url is not null) = (channel = 'WEBHOOK')),
    secret_generation   integer not null default 1 check (secret_generation > 0),
    former_secret_until timestamptz,
    status              text not null check (status in ('ACTIVE', 'DISABLED')),
    status_reason       text check ((status_reason is not null) = (status = 'DISABLED')),
    created_at          timestamptz not null
);
comment on table api.subscription is 'What a person wants to be told of. An empty list of levels, scopes or types restricts nothing.';
comment on column api.subscription.id is 'Follows from the person and their Idempotency-Key: the same request again is the same subscription.';
comment on column api.subscription.reach is 'The unit of the person when they subscribed: nothing that it does not see is ever told.';
comment on column api.subscription.secret_generation is 'The webhook''s secret follows from it and from the key of the service; it is kept nowhere.';
create index subscription_of_person on api.subscription (person, created_at);

create table api.notice (
    id              uuid primary key,
    subscription_id uuid not null references api.subscription on delete cascade,
    event_id        text not null,
    event           text not null,
    incident_id     uuid not null,
    task_id         uuid,
    happened_at     timestamptz not null,
    created_at      timestamptz not null,
    content         json not null,
    status          text not null check (status in ('WAITING', 'DELIVERED', 'DEAD')),
    attempts        integer not null default 0 check (attempts >= 0),
    next_attempt_at timestamptz not null,
    delivered_at    timestamptz check ((delivered_at is not null) = (status = 'DELIVERED')),
    last_failure    text,
    unique (subscription_id, event_id)
);
comment on table api.notice is 'One event to one subscription: at once what is told and what has become of the telling.';
comment on column api.notice.id is 'Begins with the millisecond of its creation.';
comment on column api.notice.event_id is 'The id of the message on the topic, which is stable: an event that comes twice is told once.';
comment on column api.notice.next_attempt_at is 'A webhook that is being tried has it in the future: the lease under which no other instance tries it.';
create index notice_waiting on api.notice (subscription_id, next_attempt_at) where status = 'WAITING';
create index notice_in_order on api.notice (subscription_id, id desc);
create index notice_of_task on api.notice (task_id) where task_id is not null;

-- Tasks whose unit has subscribed to be told of them, until somebody is known to have been reached.
create table api.reach_watch (
    task_id     uuid primary key,
    incident_id uuid not null,
    unit_code   text not null,
    event_id    text not null,
    due_at      timestamptz not null
);
create index reach_watch_due on api.reach_watch (due_at);

-- How far the topics have been worked off. Moved in the transaction that stores the notices.
create table api.notice_offset (
    topic       text not null,
    partition   integer not null,
    next_offset bigint not null check (next_offset >= 0),
    primary key (topic, partition)
);

-- What dispatch-service writes into timelines: an outbox in the order of (transaction_id, sequence), of which it keeps its own position.
create table api.receipt (
    sequence        bigint generated always as identity primary key,
    transaction_id  xid8 not null default pg_current_xact_id(),
    kind            text not null check (kind in ('NOTIFIED', 'UNREACHABLE')),
    incident_id     uuid not null,
    task_id         uuid,
    event_id        text not null,
    event           text not null,
    unit_code       text,
    subscription_id uuid,
    person          text,
    channel         text,
    recorded_at     timestamptz not null,
    check ((kind = 'NOTIFIED') = (subscription_id is not null)),
    check (kind = 'NOTIFIED' or (task_id is not null and unit_code is not null))
);
create index receipt_outbox on api.receipt (transaction_id, sequence);

create view api.receipt_view as
    select sequence, transaction_id, kind, incident_id, task_id, event_id, event, unit_code, subscription_id, person, channel, recorded_at
    from api.receipt;
grant usage on schema api to city_brain_dispatch;
grant select on api.receipt_view to city_brain_dispatch;
reset role;

-- Search. Chinese has no borders of words, so texts are found by any three characters in a row.
set role city_brain_dispatch;
create index report_by_description on dispatch.report using gin ((report #>> '{report,description}') gin_trgm_ops)
    where report #>> '{report,description}' is not null;
create index incident_event_by_note on dispatch.incident_event using gin ((detail ->> 'text') gin_trgm_ops) where kind = 'NOTED';

-- Row-level security lets no index be used by an operator that might tell something of the rows that it passes over, and to find a text is
-- such a one. So the owner of the tables looks, and hands out only what the reader reaches.
create function dispatch.incidents_with_text(pattern text, since timestamptz, most integer) returns setof uuid
    language sql stable security definer set search_path = pg_catalog, public as
$$
    select i.id
    from (select r.incident_id
          from dispatch.report r
          where r.report #>> '{report,description}' is not null and r.report #>> '{report,description}' ilike pattern
            and r.received_at >= since and r.incident_id is not null
          union
          select e.incident_id
          from dispatch.incident_event e
          where e.kind = 'NOTED' and e.detail ->> 'text' ilike pattern and e.incident_id >= dispatch.lowest_id_at(since)) found
    join dispatch.incident i on i.id = found.incident_id
    where i.visible_to @> array[current_setting('city_brain.unit', true)]
    order by i.id desc
    limit most
$$;
comment on function dispatch.incidents_with_text is 'The newest incidents in the reader''s reach with a report whose description, or a note whose text, is like the pattern, from a moment on.';
revoke execute on function dispatch.incidents_with_text from public;
grant execute on function dispatch.incidents_with_text to city_brain_reader;
reset role;

set role city_brain_grid;
create index unit_version_by_name on grid.unit_version (name text_pattern_ops);
reset role;

-- The end of a shift.
set role city_brain_api;
create table api.hand_over (
    id            uuid primary key,
    unit_code     text not null,
    words         text not null check (length(words) between 1 and 4000),
    incidents     uuid[] not null,
    situation     json not null,
    handed_by     text not null,
    handed_at     timestamptz not null,
    taken_by      text check (taken_by <> handed_by),
    taken_at      timestamptz check ((taken_at is null) = (taken_by is null))
);
comment on table api.hand_over is 'What one operator left to the next: how things stood in the unit, and their own words. Never changed but by being taken over.';
comment on column api.hand_over.id is 'Follows from the person and their Idempotency-Key: the same request again is the same hand-over.';
comment on column api.hand_over.situation is 'Counts and the gravest incidents, as they were at that moment.';
create index hand_over_of_unit on api.hand_over (unit_code text_pattern_ops, handed_at desc);
reset role;
