-- Reports, incidents, tasks and the timeline.
--
-- Layout (docs/decisions/0001-partition-layout.md):
--   * An incident's id begins with the millisecond in which it was opened, so the id itself is the partition key: one
--     month of incidents, their tasks and their timeline lie in partitions of the same bounds, a look-up by id opens one
--     partition, and new keys are added at the right edge of every index.
--   * A reportId is any UUID, so its uniqueness is held by one table of its own, dispatch.report_key, which is not
--     partitioned, holds the last 7 days only and leads to the partition of the report.
set role city_brain_dispatch;

-- How far each partition of report-received has been worked off. Moved in the transaction that stores the batch.
create table dispatch.consumed_partition (
    topic       text not null,
    partition   integer not null,
    next_offset bigint not null check (next_offset >= 0),
    primary key (topic, partition)
);

create table dispatch.report_key (
    report_id      uuid primary key,
    received_at    timestamptz not null,
    content_digest bigint not null
);
comment on table dispatch.report_key is 'Each reportId of the last 7 days, once. content_digest: the first 8 bytes of the SHA-256 of what was reported.';
create index report_key_age on dispatch.report_key using brin (received_at);

create table dispatch.report (
    received_at  timestamptz not null,
    report_id    uuid not null,
    outcome      text not null check (outcome in ('OPENED', 'MERGED', 'REJECTED')),
    incident_id  uuid check ((incident_id is null) = (outcome = 'REJECTED')),
    reason       text check ((reason is not null) = (outcome = 'REJECTED')),
    source_kind  text not null,
    source_id    text not null,
    type         text not null,
    occurred_at  timestamptz not null,
    location     geometry(Point, 4326) not null,
    grid_code    text,
    report       json not null,
    trace_id     text,
    primary key (received_at, report_id)
) partition by range (received_at);
comment on column dispatch.report.location is 'WGS-84, converted where the report came in another datum; the original stands in report.';
comment on column dispatch.report.report is 'What was sent, as published on report-received.';
create index report_by_incident on dispatch.report (incident_id);

-- A reportId that came again. differs: the content was not the same as the first time.
create table dispatch.duplicate_report (
    received_at   timestamptz not null,
    report_id     uuid not null,
    source_id     text not null,
    differs       boolean not null,
    topic         text not null,
    partition     integer not null,
    record_offset bigint not null
) partition by range (received_at);

-- What could not be processed: kept with its bytes until a person retries or discards it.
create table dispatch.parked_report (
    id             uuid primary key,
    parked_at      timestamptz not null,
    report_id      uuid,
    source_id      text not null,
    received_at    timestamptz not null,
    reason         text not null,
    detail         text not null,
    status         text not null check (status in ('PARKED', 'RETRIED', 'DISCARDED')),
    topic          text not null,
    partition      integer not null,
    record_offset  bigint not null,
    headers        json not null,
    payload        bytea not null,
    trace_id       text,
    settled_at     timestamptz check ((settled_at is null) = (status = 'PARKED')),
    settled_reason text,
    unique (topic, partition, record_offset)
);
create index parked_report_by_report on dispatch.parked_report (report_id) where report_id is not null;
create index parked_report_waiting on dispatch.parked_report (parked_at, id) where status = 'PARKED';

-- The dispatch end of the ledger: what became of the records, per batch, source and hour of receipt. Lines are only
-- added (a retry of a parked report adds -1 parked and +1 of what it became), so two instances never wait for each other.
create table dispatch.batch_outcome (
    recorded_at  timestamptz not null,
    topic        text not null,
    partition    integer not null,
    first_offset bigint not null,
    source_id    text not null,
    hour         timestamptz not null,
    outcome      text not null check (outcome in ('OPENED', 'MERGED', 'REJECTED', 'PARKED', 'DISCARDED', 'DUPLICATE')),
    reports      bigint not null
);
create index batch_outcome_by_hour on dispatch.batch_outcome (hour);

create sequence dispatch.incident_number;

create table dispatch.incident (
    id                   uuid not null,
    number               bigint not null default nextval('dispatch.incident_number'),
    version              integer not null check (version > 0),
    status               text not null check (status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED', 'RESOLVED',
                                                         'VERIFIED', 'CLOSED', 'FALSE_ALARM', 'MERGED')),
    opened_at            timestamptz not null,
    closed_at            timestamptz check ((closed_at is not null) = (status in ('CLOSED', 'FALSE_ALARM', 'MERGED'))),
    type                 text not null,
    category             text not null check (category in ('NATURAL_DISASTER', 'ACCIDENT', 'PUBLIC_HEALTH', 'SOCIAL_SAFETY', 'EVERYDAY')),
    board                text not null,
    location             geometry(Point, 4326) not null,
    grid_code            text not null,
    unit_codes           text[] not null,
    commanding_unit      text not null,
    level                text check (level in ('I', 'II', 'III', 'IV')),
    scope                text check (scope in ('R1', 'R2', 'R3')),
    needs_person         boolean not null,
    corroborated         boolean not null,
    -- What correlation reads.
    correlation_cell     bigint not null,
    first_occurred_at    timestamptz not null,
    last_occurred_at     timestamptz not null,
    -- What grading has added up over the incident's reports.
    report_count         integer not null check (report_count > 0),
    sources              text[] not null,
    footprint            geometry(Geometry, 4326) check (st_isvalid(footprint)),
    uncounted_footprint  geometry(Geometry, 4326) check (st_isvalid(uncounted_footprint)),
    people_reported      bigint check (people_reported >= 0),
    deaths               bigint check (deaths >= 0),
    serious_injuries     bigint check (serious_injuries >= 0),
    loss_yuan            bigint check (loss_yuan >= 0),
    nothing_known        boolean not null,
    -- What came of it.
    people_affected      bigint not null check (people_affected >= 0),
    people_basis         text not null check (people_basis in ('REPORTED', 'ESTIMATED', 'DEFAULT')),
    area_km2             double precision not null check (area_km2 >= 0),
    area_basis           text not null check (area_basis in ('REPORTED', 'ESTIMATED', 'DEFAULT')),
    grade                json not null,
    picture              json not null,
    grading_version      integer not null,
    routing_version      integer not null,
    correlation_version  integer not null,
    catalogue_version    integer not null,
    map_version          bigint not null,
    changed_at           timestamptz not null,
    primary key (id),
    check ((level is null) <> (scope is null)),
    check ((level is null) = (category = 'EVERYDAY'))
) partition by range (id);
comment on column dispatch.incident.version is 'Moves with status, grade and commander, not with each merged report.';
comment on column dispatch.incident.unit_codes is 'Every grid that the footprint materially touches, lowest code first.';
comment on column dispatch.incident.correlation_cell is 'Type group and coarse cell; also the key of the advisory lock under which it is read and written.';
comment on column dispatch.incident.uncounted_footprint is 'The joined footprint of those reports that gave no number of people.';
comment on column dispatch.incident.people_reported is 'The largest number of people that any of its reports gave.';
comment on column dispatch.incident.nothing_known is 'One of its reports gave neither people, area, casualties nor loss.';
create index incident_open_by_cell on dispatch.incident (correlation_cell) where closed_at is null;
create index incident_by_place on dispatch.incident using gist (location);
create index incident_by_grid on dispatch.incident (grid_code text_pattern_ops, id);

create table dispatch.task (
    incident_id    uuid not null,
    id             uuid not null,
    version        integer not null check (version > 0),
    tier           text not null check (tier in ('CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID')),
    unit_code      text not null,
    role           text not null check (role in ('COMMAND', 'COORDINATE', 'EXECUTE', 'NOTIFY')),
    status         text not null check (status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'REPORTED_BACK', 'COMPLETED', 'RETURNED')),
    dispatched_at  timestamptz not null,
    acknowledge_by timestamptz,
    resolve_by     timestamptz,
    digest         boolean not null,
    primary key (incident_id, id),
    check (role <> 'NOTIFY' or acknowledge_by is null)
) partition by range (incident_id);
comment on table dispatch.task is 'One task per incident and unit. Its id begins with the same millisecond as its incident''s, so a look-up by id opens one partition.';
comment on column dispatch.task.digest is 'A notice that may wait for the next digest.';
create index task_open_by_unit on dispatch.task (unit_code text_pattern_ops, incident_id) where status not in ('COMPLETED', 'RETURNED');

-- The timeline: audit trail, outbox and source of the live stream at once. Lines are only added.
create sequence dispatch.incident_event_sequence cache 1;

create table dispatch.incident_event (
    incident_id      uuid not null,
    sequence         bigint not null default nextval('dispatch.incident_event_sequence'),
    transaction_id   xid8 not null default pg_current_xact_id(),
    recorded_at      timestamptz not null,
    kind             text not null,
    incident_version integer not null,
    actor            text not null,
    report_id        uuid,
    status_before    text,
    status_after     text not null,
    level            text,
    scope            text,
    commanding_unit  text not null,
    report_count     integer not null,
    people_affected  bigint not null,
    area_km2         double precision not null,
    detail           json not null,
    trace_id         text,
    primary key (incident_id, sequence)
) partition by range (incident_id);
comment on column dispatch.incident_event.actor is 'Which rule (rule:correlation@1) or who did it.';
comment on column dispatch.incident_event.detail is 'What this line is about: the reason, and what changed. GRADED: the grade record; DISPATCHED: the tasks.';
create index incident_event_outbox on dispatch.incident_event (transaction_id, sequence);

create table dispatch.relay_position (
    name           text primary key,
    transaction_id xid8 not null,
    sequence       bigint not null,
    moved_at       timestamptz not null
);

-- Policies are data: versioned documents. The one in force is the newest EFFECTIVE one whose moment has come.
create table dispatch.policy (
    kind           text not null check (kind in ('grading', 'routing', 'correlation', 'item-catalogue')),
    version        integer not null check (version > 0),
    status         text not null check (status in ('DRAFT', 'REHEARSED', 'APPROVED', 'EFFECTIVE', 'SUPERSEDED')),
    document       jsonb not null,
    effective_from timestamptz,
    created_at     timestamptz not null,
    note           text not null default '',
    primary key (kind, version),
    check ((effective_from is null) = (status in ('DRAFT', 'REHEARSED')))
);

-- The lowest id that anything of this moment can have: 48 bits of milliseconds, then zeros.
create function dispatch.lowest_id_at(moment timestamptz) returns uuid
    language sql immutable strict parallel safe
    return (lpad(to_hex(floor(extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

create function dispatch.ensure_partitions(from_time timestamptz, to_time timestamptz) returns void
    language plpgsql as
$$
declare
    month timestamptz := date_trunc('month', from_time at time zone 'UTC') at time zone 'UTC';
    next_month timestamptz;
    parent text;
    name text;
begin
    perform pg_advisory_xact_lock(hashtext('dispatch.ensure_partitions'));
    while month <= to_time loop
        next_month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
        foreach parent in array array['incident', 'task', 'incident_event'] loop
            name := public.month_partition_name(parent, (month at time zone 'UTC')::date);
            if to_regclass('dispatch.' || name) is null then
                execute format('create table dispatch.%I partition of dispatch.%I for values from (%L) to (%L)',
                               name, parent, dispatch.lowest_id_at(month), dispatch.lowest_id_at(next_month));
            end if;
        end loop;
        foreach parent in array array['report', 'duplicate_report'] loop
            name := public.month_partition_name(parent, (month at time zone 'UTC')::date);
            if to_regclass('dispatch.' || name) is null then
                execute format('create table dispatch.%I partition of dispatch.%I for values from (%L) to (%L)',
                               name, parent, month, next_month);
            end if;
        end loop;
        month := next_month;
    end loop;
end
$$;
comment on function dispatch.ensure_partitions is 'Makes the monthly partitions from one moment to another that are not there yet.';
select dispatch.ensure_partitions(now() - interval '1 month', now() + interval '3 months');
reset role;
