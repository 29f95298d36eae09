-- Sources, and the account that event-intake keeps of both its topics.
set role city_brain_intake;

create table intake.source (
    source_id          text primary key check (length(source_id) between 1 and 128),
    description        text not null default '',
    types              text[] not null,
    datums             text[] not null check (datums <@ array['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] and cardinality(datums) > 0),
    unit_codes         text[] not null check (cardinality(unit_codes) > 0),
    clock_tolerance    interval not null default interval '2 minutes' check (clock_tolerance >= interval '0'),
    reports_per_second integer not null default 1000 check (reports_per_second > 0),
    provenance         text not null check (provenance in ('SYNTHETIC', 'REGISTERED')),
    registered_at      timestamptz not null,
    updated_at         timestamptz not null
);
comment on table intake.source is 'Gateways that may report: for which types, in which datum, from which units. An empty list of types means none.';

-- How far each topic has been accounted for. Moved in the transaction that stores the account itself.
create table intake.accounted_partition (
    topic       text not null,
    partition   integer not null,
    next_offset bigint not null check (next_offset >= 0),
    primary key (topic, partition)
);

-- The intake end of the ledger: what lies on the topics, counted from the records themselves, per source and hour.
-- Lines are only added; a sum over them is the account.
create table intake.published_count (
    topic        text not null,
    partition    integer not null,
    first_offset bigint not null,
    source_id    text not null,
    hour         timestamptz not null,
    reports      bigint not null check (reports > 0),
    primary key (topic, partition, first_offset, source_id, hour)
);
create index published_count_by_hour on intake.published_count (hour);

-- Refusals, kept from the topic report-rejected. The offset makes a second delivery harmless.
create table intake.refused_report (
    received_at  timestamptz not null,
    partition    integer not null,
    record_offset bigint not null,
    report_id    uuid,
    source_id    text not null,
    reason       text not null,
    detail       text not null,
    trace_id     text,
    primary key (received_at, partition, record_offset)
) partition by range (received_at);
create index refused_report_by_id on intake.refused_report (report_id) where report_id is not null;
create index refused_report_by_source on intake.refused_report (source_id, received_at);

create function intake.ensure_partitions(from_time timestamptz, to_time timestamptz) returns void
    language plpgsql as
$$
declare
    month timestamptz := date_trunc('month', from_time at time zone 'UTC') at time zone 'UTC';
    next_month timestamptz;
    name text;
begin
    perform pg_advisory_xact_lock(hashtext('intake.ensure_partitions'));
    while month <= to_time loop
        next_month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
        name := public.month_partition_name('refused_report', (month at time zone 'UTC')::date);
        if to_regclass('intake.' || name) is null then
            execute format('create table intake.%I partition of intake.refused_report for values from (%L) to (%L)',
                           name, month, next_month);
        end if;
        month := next_month;
    end loop;
end
$$;
select intake.ensure_partitions(now() - interval '1 month', now() + interval '3 months');

create view intake.published_count_view as
    select topic, partition, first_offset, source_id, hour, reports from intake.published_count;
create view intake.accounted_partition_view as
    select topic, partition, next_offset from intake.accounted_partition;
create view intake.refused_report_view as
    select received_at, partition, record_offset, report_id, source_id, reason, detail, trace_id from intake.refused_report;
create view intake.source_view as
    select source_id, description, types, datums, unit_codes, clock_tolerance, reports_per_second, provenance,
           registered_at, updated_at
    from intake.source;

grant select on intake.published_count_view, intake.accounted_partition_view, intake.refused_report_view, intake.source_view
    to city_brain_reader;
reset role;
