-- Of the updates of incidents four in a hundred stayed in their page: the others wrote a row elsewhere and an entry into every index. A page of incidents is left a
-- row's room: while it lasts, a change of what no index holds (a report that joins) writes the row alone. Rows that are there already stay where they are.
set local lock_timeout = '30s';

set role city_brain_dispatch;

-- How the months of a table are stored.
create function dispatch.partition_storage(parent text) returns text
    language sql immutable as
$$
    select case when parent = 'incident' then 'with (fillfactor = 70)' else '' end
$$;

-- As in V32, with what partition_storage says. A partition is made by itself and attached then: that waits for nobody who reads or writes the other months, and nobody
-- waits for it.
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
                execute format('create table dispatch.%I (like dispatch.%I including defaults including constraints including generated including storage) %s',
                               name, parent, dispatch.partition_storage(parent));
                execute format('alter table dispatch.%I attach partition dispatch.%I for values from %s', parent, name, bounds);
            end if;
        end loop;
        month := next_month;
    end loop;
end
$$;

do
$$
declare
    partition regclass;
begin
    -- No month comes or goes meanwhile.
    perform pg_advisory_xact_lock(hashtext('dispatch.ensure_partitions'));
    for partition in select inhrelid::regclass from pg_inherits where inhparent = 'dispatch.incident'::regclass loop
        execute format('alter table %s set (fillfactor = 70)', partition);
    end loop;
end
$$;

reset role;
