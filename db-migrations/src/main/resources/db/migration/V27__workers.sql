-- What people carry with them: their own tasks, what has changed since they last asked, and evidence.
set role city_brain_dispatch;

-- A unit's and a department's own tasks that are done. Written when a task is settled, not when it is dispatched.
create index task_settled_by_unit on dispatch.task (unit_code text_pattern_ops, incident_id)
    where status in ('COMPLETED', 'RETURNED');
create index task_settled_by_department on dispatch.task (department_code, incident_id)
    where department_code is not null and status in ('COMPLETED', 'RETURNED');

-- Where the lines of the timeline stand, and nothing of what they say: a reader who sees few of them goes on from line to line of the
-- whole city, however many of these are not theirs. So it needs no reach.
create view dispatch.timeline_position_view as
    select transaction_id, sequence from dispatch.incident_event;

-- Who saw an incident once and does not any more is told so, once.
alter table dispatch.incident add column left_in jsonb not null default '{}';
comment on column dispatch.incident.left_in is 'Every unit that was in visible_to once and is not: the transaction in which it left.';

create function dispatch.note_units_that_left() returns trigger
    language plpgsql as $$
begin
    new.left_in := (old.left_in - new.visible_to)
        || (select coalesce(jsonb_object_agg(unit, pg_current_xact_id()::text), '{}')
            from (select unnest(old.visible_to) as unit except select unnest(new.visible_to)) gone);
    return new;
end
$$;
create trigger units_left before update of visible_to on dispatch.incident
    for each row when (not new.visible_to @> old.visible_to or old.left_in <> '{}')
    execute function dispatch.note_units_that_left();

-- For whom an incident has left: the first line since then, and nothing but where it stands. Its owner is not bound by row-level
-- security: the condition stands here.
create view dispatch.incident_left_view as
    select e.transaction_id, e.sequence, e.incident_id, e.incident_version
    from dispatch.incident_event e join dispatch.incident i on i.id = e.incident_id
    where e.transaction_id >= (i.left_in ->> current_setting('city_brain.unit', true))::xid8
      and not exists (select from dispatch.incident_event f
                      where f.incident_id = e.incident_id and f.sequence < e.sequence
                        and f.transaction_id >= (i.left_in ->> current_setting('city_brain.unit', true))::xid8);

-- Which pieces of evidence a report or a line of the timeline refers to: the SHA-256 of each, by its address here or without any. One
-- with another address lies elsewhere. A service at a check-in names the SHA-256 alone, within the check-in.
create function dispatch.evidence_of(document json) returns text[]
    language sql immutable strict parallel safe
    return (select coalesce(array_agg(hash), '{}')
            from (select case when piece ->> 'uri' is null
                              then substring(coalesce(piece ->> 'sha256', piece #>> '{}') from '^[0-9a-f]{64}$')
                              else substring(piece ->> 'uri' from '^citybrain:evidence/([0-9a-f]{64})$') end as hash
                  from (select document -> 'evidence' as pieces
                        union all
                        select check_in -> 'evidence'
                        from json_array_elements(case when json_typeof(document -> 'checkIns') = 'array' then document -> 'checkIns'
                                                      else '[]'::json end) check_in) lists
                  cross join lateral json_array_elements(case when json_typeof(pieces) = 'array' then pieces else '[]'::json end) piece) named
            where hash is not null);

-- What is stored of a report is the message that came with it: the report itself lies within.
create index report_by_evidence on dispatch.report using gin (dispatch.evidence_of(report -> 'report'))
    where (report -> 'report' -> 'evidence') is not null;
create index incident_event_by_evidence on dispatch.incident_event using gin (dispatch.evidence_of(detail))
    where kind in ('REPORTED_BACK', 'COMPLETED', 'CONTAINED', 'RESOLVED', 'VERIFIED', 'CLOSED', 'NOTED', 'SITUATION_REPORTED', 'CHECKED_IN',
                   'SERVED', 'FEEDBACK');

-- Which incidents refer to a piece of evidence, and who says so: a reference of somebody who has not sent the piece must open it to
-- nobody. Under row-level security no index of an expression could be used; whoever asks joins the answer to incident_view, which
-- leaves what they see.
create function dispatch.incidents_with_evidence(hash text) returns table (incident_id uuid, person text)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select r.incident_id, r.source_id from dispatch.report r
    where (r.report -> 'report' -> 'evidence') is not null and dispatch.evidence_of(r.report -> 'report') @> array[hash]
      and r.incident_id is not null and r.source_kind not in ('SENSOR', 'SYSTEM')
    union
    select e.incident_id, substring(e.actor from '^person:(.*)$') from dispatch.incident_event e
    where e.kind in ('REPORTED_BACK', 'COMPLETED', 'CONTAINED', 'RESOLVED', 'VERIFIED', 'CLOSED', 'NOTED', 'SITUATION_REPORTED', 'CHECKED_IN',
                     'SERVED', 'FEEDBACK')
      and dispatch.evidence_of(e.detail) @> array[hash] and e.actor like 'person:%'
$$;
revoke execute on function dispatch.incidents_with_evidence(text) from public;

grant select on dispatch.timeline_position_view, dispatch.incident_left_view to city_brain_reader;
grant execute on function dispatch.incidents_with_evidence(text) to city_brain_reader;
reset role;

set role city_brain_api;

create table api.evidence (
    sha256     text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text not null,
    size_bytes bigint not null check (size_bytes > 0),
    stored_at  timestamptz not null
);
comment on table api.evidence is 'Photos, films and documents, each once: the bytes lie in the evidence store, under their SHA-256.';

create table api.evidence_sender (
    sha256     text not null references api.evidence,
    person     text not null,
    sent_at    timestamptz not null,
    size_bytes bigint not null,
    primary key (sha256, person)
);
comment on table api.evidence_sender is 'Who has sent a piece of evidence, all of it: knowing its SHA-256 is not enough.';
create index evidence_sent_by_person on api.evidence_sender (person, sent_at);

create table api.evidence_upload (
    id             uuid primary key,
    person         text not null,
    sha256         text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type     text not null,
    size_bytes     bigint not null check (size_bytes > 0),
    received_bytes bigint not null default 0 check (received_bytes between 0 and size_bytes),
    parts          text[] not null default '{}',
    begun_at       timestamptz not null,
    expires_at     timestamptz not null,
    unique (person, sha256)
);
comment on table api.evidence_upload is 'Evidence that is on its way. Forgotten, with its parts, when it has not gone on for a while.';
comment on column api.evidence_upload.parts is 'Where its parts lie in the evidence store, in their order.';
create index evidence_upload_expiring on api.evidence_upload (expires_at);

reset role;
