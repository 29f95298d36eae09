-- What is over leaves the tables that are worked with (docs/scaling.md): closed months are detached and kept in the schema archive,
-- which no reader sees. And the indexes that keep lists quick among millions of incidents.
-- Rather not at all than with everybody waiting behind it (docs/containers.md).
set local lock_timeout = '30s';

create schema archive authorization city_brain_dispatch;
comment on schema archive is 'Months of the schema dispatch that are over. Kept until an operator has dumped and dropped them; no reader comes here.';

set role city_brain_dispatch;

create table dispatch.archived_month (
    month       date primary key check (extract(day from month) = 1),
    first_id    uuid not null,
    next_id     uuid not null check (next_id > first_id),
    incidents   bigint not null check (incidents >= 0),
    reports     bigint not null check (reports >= 0),
    archived_at timestamptz not null
);
comment on table dispatch.archived_month is 'Months whose incidents, tasks, timelines and reports lie in the schema archive. Ids from first_id up to below next_id are theirs.';

create view dispatch.archived_month_view as
    select month, first_id, next_id, archived_at from dispatch.archived_month;
comment on view dispatch.archived_month_view is 'Which months were archived; nothing of what happened in them.';

-- Detaches a month and moves it to the schema archive, all of its tables or none. Waits for nobody longer than a moment: who is in the way is in the
-- way of everybody who waits behind.
create function dispatch.archive_month(the_month date, at_time timestamptz) returns text
    language plpgsql as
$$
declare
    begins timestamptz := the_month::timestamp at time zone 'UTC';
    ends timestamptz := (the_month + interval '1 month') at time zone 'UTC';
    incidents bigint;
    reports bigint;
    parent text;
    name text;
begin
    perform pg_advisory_xact_lock(hashtext('dispatch.ensure_partitions'));
    if to_regclass('dispatch.' || public.month_partition_name('incident', the_month)) is null then
        return 'ABSENT';
    end if;
    -- A report of this month may belong to an older incident: months leave in their order.
    if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
               where i.inhparent = 'dispatch.incident'::regclass and c.relname < public.month_partition_name('incident', the_month)) then
        return 'OLDER_FIRST';
    end if;
    select count(*) into incidents from dispatch.incident
    where id >= dispatch.lowest_id_at(begins) and id < dispatch.lowest_id_at(ends);
    select count(*) into reports from dispatch.report where received_at >= begins and received_at < ends;
    -- From here on all others wait: what is looked at has an index. Less than deadlock_timeout: where a reader holds one table and waits for another, it is this that
    -- gives up, and not the reader.
    set local lock_timeout = '500ms';
    foreach parent in array array['incident', 'task', 'incident_event', 'report', 'duplicate_report'] loop
        execute format('lock table only dispatch.%I in access exclusive mode', parent);
    end loop;
    -- Expects incident_open_by_cell.
    if exists (select from dispatch.incident where id < dispatch.lowest_id_at(ends) and closed_at is null) then
        return 'OPEN';
    end if;
    -- A line of the timeline is published before it leaves. Expects incident_event_outbox.
    if exists (select from dispatch.incident_event e
               where e.incident_id >= dispatch.lowest_id_at(begins) and e.incident_id < dispatch.lowest_id_at(ends)
                 and (e.transaction_id, e.sequence) > (
                     select coalesce(max(p.transaction_id::text::bigint), 0)::text::xid8, coalesce(max(p.sequence), 0)
                     from dispatch.relay_position p where p.name = 'timeline')) then
        return 'NOT_PUBLISHED';
    end if;
    foreach parent in array array['incident', 'task', 'incident_event', 'report', 'duplicate_report'] loop
        name := public.month_partition_name(parent, the_month);
        execute format('alter table dispatch.%I detach partition dispatch.%I', parent, name);
        execute format('alter table dispatch.%I set schema archive', name);
    end loop;
    insert into dispatch.archived_month (month, first_id, next_id, incidents, reports, archived_at)
    values (the_month, dispatch.lowest_id_at(begins), dispatch.lowest_id_at(ends), incidents, reports, at_time);
    return 'ARCHIVED';
end
$$;
comment on function dispatch.archive_month is 'ARCHIVED; or why it was not: ABSENT, OLDER_FIRST, OPEN (an incident of this or an older month is open), NOT_PUBLISHED.';

-- The way back, for an operator.
create function dispatch.restore_month(the_month date) returns void
    language plpgsql as
$$
declare
    begins timestamptz := the_month::timestamp at time zone 'UTC';
    ends timestamptz := (the_month + interval '1 month') at time zone 'UTC';
    parent text;
    name text;
begin
    perform pg_advisory_xact_lock(hashtext('dispatch.ensure_partitions'));
    set local lock_timeout = '500ms';
    foreach parent in array array['incident', 'task', 'incident_event', 'report', 'duplicate_report'] loop
        name := public.month_partition_name(parent, the_month);
        execute format('alter table archive.%I set schema dispatch', name);
        if parent in ('report', 'duplicate_report') then
            execute format('alter table dispatch.%I attach partition dispatch.%I for values from (%L) to (%L)', parent, name, begins, ends);
        else
            execute format('alter table dispatch.%I attach partition dispatch.%I for values from (%L) to (%L)',
                           parent, name, dispatch.lowest_id_at(begins), dispatch.lowest_id_at(ends));
        end if;
    end loop;
    delete from dispatch.archived_month where month = the_month;
end
$$;
comment on function dispatch.restore_month is 'Attaches an archived month again. The next run of the archive takes it away unless the setting says otherwise.';

-- As before, but a partition is made by itself and attached then: that waits for nobody who reads or writes the other months, and nobody waits for it. Made as a
-- partition at once it took the tables for itself, and a reader that held one of them and waited for another was ended as a deadlock.
create or replace function dispatch.ensure_partitions(from_time timestamptz, to_time timestamptz) returns void
    language plpgsql as
$$
declare
    month timestamptz := date_trunc('month', from_time at time zone 'UTC') at time zone 'UTC';
    next_month timestamptz;
    begins_on date;
    parent text;
    name text;
    bounds text;
begin
    perform pg_advisory_xact_lock(hashtext('dispatch.ensure_partitions'));
    while month <= to_time loop
        next_month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
        begins_on := (month at time zone 'UTC')::date;
        foreach parent in array array['incident', 'task', 'incident_event', 'report', 'duplicate_report'] loop
            name := public.month_partition_name(parent, begins_on);
            if to_regclass('dispatch.' || name) is null then
                -- Made again it would be empty, and could never be archived: its name is taken.
                if exists (select from dispatch.archived_month a where a.month = begins_on) then
                    raise exception 'the month % is in the archive: expected a later one, or dispatch.restore_month before',
                        to_char(begins_on, 'YYYY-MM');
                end if;
                bounds := case when parent in ('report', 'duplicate_report') then format('(%L) to (%L)', month, next_month)
                               else format('(%L) to (%L)', dispatch.lowest_id_at(month), dispatch.lowest_id_at(next_month)) end;
                execute format('create table dispatch.%I (like dispatch.%I including defaults including constraints including generated including storage)',
                               name, parent);
                execute format('alter table dispatch.%I attach partition dispatch.%I for values from %s', parent, name, bounds);
            end if;
        end loop;
        month := next_month;
    end loop;
end
$$;

-- Lists of what is open, and of what is grave, among millions that are over: newest first.
create index incident_open_by_status on dispatch.incident (status, id) where status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED', 'RESOLVED', 'VERIFIED');
create index incident_grave_by_level on dispatch.incident (level, id) where level in ('I', 'II');

grant select on dispatch.archived_month to city_brain_dispatch_views;
grant select on dispatch.archived_month_view to city_brain_reader;
reset role;
alter view dispatch.archived_month_view owner to city_brain_dispatch_views;
