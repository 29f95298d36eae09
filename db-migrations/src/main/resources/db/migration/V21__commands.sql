-- What people decide of incidents: their commands, each carried out once, and the labels by which sources are judged.
set role city_brain_dispatch;

-- Written in the transaction of the command itself. The same key and body again: the answer that is kept here.
create table dispatch.command (
    person          text not null,
    idempotency_key text not null check (length(idempotency_key) between 1 and 128),
    incident_id     uuid not null,
    command         text not null,
    digest          bytea not null check (length(digest) = 32),
    answer          json not null,
    decided_at      timestamptz not null,
    primary key (person, idempotency_key)
);
comment on table dispatch.command is 'Each command of the last 7 days, once. Keys of two persons never meet.';
comment on column dispatch.command.digest is 'SHA-256 of command, incident and body: the same key with another one is refused.';
create index command_age on dispatch.command using brin (decided_at);

alter table dispatch.incident
    add column merged_into      uuid check (merged_into is null or status = 'MERGED'),
    add column graded_by_person boolean not null default false,
    add column ruled_level      text check (ruled_level in ('I', 'II', 'III', 'IV')),
    add column ruled_scope      text check (ruled_scope in ('R1', 'R2', 'R3'));
alter table dispatch.incident
    add check ((ruled_level is not null or ruled_scope is not null) = graded_by_person);
comment on column dispatch.incident.merged_into is 'The incident that it became part of.';
comment on column dispatch.incident.graded_by_person is 'A person gave the level or scope that holds; the rule alone would have given ruled_level or ruled_scope then, and takes over again once it gives more.';

create table dispatch.source_label (
    incident_id uuid not null,
    source_kind text not null check (source_kind in ('SENSOR', 'GRID_WORKER', 'OPERATOR', 'CITIZEN', 'SYSTEM')),
    source_id   text not null,
    label       text not null check (label in ('CONFIRMED', 'FALSE', 'MISSED')),
    labelled_by text not null,
    labelled_at timestamptz not null,
    opened_at   timestamptz not null,
    primary key (incident_id, source_kind, source_id)
);
comment on table dispatch.source_label is 'What a person said of a source in an incident: it was right, it was wrong, it should have reported. The last word counts; the timeline keeps them all.';
comment on column dispatch.source_label.opened_at is 'When the incident was opened: the time that rates are counted by.';
create index source_label_by_time on dispatch.source_label (opened_at);

-- Neither incident nor person, so it needs no reach: registered sources alone, no accounts of workers and operators.
create view dispatch.source_label_view as
    select source_kind, source_id, label, opened_at from dispatch.source_label where source_kind in ('SENSOR', 'SYSTEM');

-- Beside incident_view, which others also add to: what people have decided of an incident. Under its row-level security.
create view dispatch.incident_decision_view as
    select id, merged_into, graded_by_person, ruled_level, ruled_scope from dispatch.incident;

grant select on dispatch.source_label_view, dispatch.incident_decision_view to city_brain_reader;
grant select on dispatch.source_label to city_brain_dispatch_views;
reset role;

alter view dispatch.source_label_view owner to city_brain_dispatch_views;
alter view dispatch.incident_decision_view owner to city_brain_dispatch_views;
