-- What a changed policy would have done: replaying what was decided.
set role city_brain_dispatch;

-- The two inputs of a grade that no other column tells. The others: people_reported, deaths, serious_injuries, loss_yuan, nothing_known and
-- sources; the area is area_km2 where area_basis is not DEFAULT; communities and streets follow from unit_codes.
alter table dispatch.incident
    add column people_estimated bigint check (people_estimated >= 0),
    add column key_places       integer check (key_places >= 0);
comment on column dispatch.incident.people_estimated is 'People living under uncounted_footprint; null where there is none.';
comment on column dispatch.incident.key_places is 'How many key places lie in the footprint. Null: decided before inputs were kept, so it cannot be replayed.';

-- A rehearsal of a policy version: what was asked, how far it is, what came of it. One row each, kept.
create table dispatch.rehearsal (
    id               uuid primary key,
    kind             text not null check (kind in ('grading', 'routing', 'correlation', 'item-catalogue')),
    version          integer not null check (version > 0),
    document_digest  text not null,
    from_time        timestamptz,
    to_time          timestamptz not null check (from_time is null or from_time < to_time),
    status           text not null check (status in ('RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    progress         double precision not null default 0 check (progress between 0 and 1),
    asked_by         text not null,
    asked_at         timestamptz not null,
    started_at       timestamptz,
    ended_at         timestamptz check ((ended_at is null) = (status = 'RUNNING')),
    heartbeat_at     timestamptz not null,
    cancel_asked_by  text,
    instance         text not null,
    result           jsonb check ((result is not null) = (status = 'DONE')),
    failure          text check ((failure is not null) = (status = 'FAILED'))
);
comment on table dispatch.rehearsal is 'What a policy version would have decided over a period.';
comment on column dispatch.rehearsal.document_digest is 'SHA-256 of the document that is rehearsed, in hexadecimal digits.';
comment on column dispatch.rehearsal.from_time is 'Incidents opened from then on; null: from the first one on.';
comment on column dispatch.rehearsal.heartbeat_at is 'When the instance that runs it last said so.';
comment on column dispatch.rehearsal.instance is 'Which process runs it.';
create index rehearsal_of_version on dispatch.rehearsal (kind, version, asked_at desc, id);
create index rehearsal_running on dispatch.rehearsal (heartbeat_at) where status = 'RUNNING';

create view dispatch.rehearsal_view as
    select id, kind, version, document_digest, from_time, to_time, status, progress, asked_by, asked_at, started_at, ended_at,
           cancel_asked_by, result, failure
    from dispatch.rehearsal;

-- A rehearsal tells of the whole city, with its biggest changes one by one: for whoever reads for the whole city. An analyst reaches no incident
-- (city_brain.unit is empty); city_brain.aggregates is the unit of which a reader sees figures.
alter table dispatch.rehearsal enable row level security;
create policy city_wide on dispatch.rehearsal for select to city_brain_dispatch_views
    using (public.is_city_wide() or length(current_setting('city_brain.aggregates', true)) = 2);
grant select on dispatch.rehearsal to city_brain_dispatch_views;
grant select on dispatch.rehearsal_view to city_brain_reader;
reset role;
alter view dispatch.rehearsal_view owner to city_brain_dispatch_views;
