-- Who may read what, held by the database itself: a forgotten 'where' must not show a person what is not theirs.
--
-- The views of a schema belong to a role that owns nothing else and to which row-level security applies; the tables' owner,
-- the one service that writes them, is not bound by it (COPY is not possible under row-level security). A reader says for
-- whom it reads by three settings of its session, which city-brain-api and event-intake set whenever they take a connection
-- from their pool:
--   city_brain.unit    the code whose subtree the person sees
--   city_brain.person  the account's name
--   city_brain.source  the gateway's source id
-- None set: no rows.
do $$
begin
    perform pg_advisory_xact_lock(hashtext('city_brain_roles'));
    if not exists (select from pg_roles where rolname = 'city_brain_dispatch_views') then
        create role city_brain_dispatch_views nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'city_brain_intake_views') then
        create role city_brain_intake_views nologin;
    end if;
    grant city_brain_dispatch_views, city_brain_intake_views to current_user;
end
$$;

-- Whether a unit lies in the subtree of the reader's unit. Inlined into the queries that ask.
create function public.within_reach(code text) returns boolean
    language sql stable parallel safe
    return current_setting('city_brain.unit', true) <> '' and starts_with(code, current_setting('city_brain.unit', true));

-- Whether the reader's unit is the city: they also see what belongs to no place.
create function public.is_city_wide() returns boolean
    language sql stable parallel safe
    return length(current_setting('city_brain.unit', true)) = 2;

set role city_brain_dispatch;

alter table dispatch.incident add column visible_to text[] not null default '{}';
update dispatch.incident i
set visible_to = (select array_agg(distinct left(code, digits) order by left(code, digits))
                  from (select unnest(i.unit_codes) as code
                        union select t.unit_code from dispatch.task t where t.incident_id = i.id) as touched
                  cross join unnest(array[2, 6, 9, 12, 15]) as each_tier (digits)
                  where digits <= length(code));
alter table dispatch.incident alter column visible_to drop default;
comment on column dispatch.incident.visible_to is 'Every unit in whose subtree it lies or to whose subtree it was dispatched: the grids it touches, the units that have a task, and all above them.';

-- The day it was opened in the city's own zone, and a number that is never used again.
create function dispatch.readable_number(opened_at timestamptz, number bigint) returns text
    language sql stable parallel safe
    return to_char(opened_at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || lpad(number::text, 6, '0');

create or replace view dispatch.incident_view as
    select id, dispatch.readable_number(opened_at, number) as number,
           version, status, opened_at, closed_at, type, category, board, location, footprint, grid_code, unit_codes,
           commanding_unit, level, scope, needs_person, corroborated, report_count, first_occurred_at, last_occurred_at,
           people_affected, people_basis, area_km2, area_basis, grade, picture, grading_version, routing_version,
           correlation_version, catalogue_version, map_version, changed_at, visible_to
    from dispatch.incident;

alter table dispatch.incident       enable row level security;
alter table dispatch.task           enable row level security;
alter table dispatch.incident_event enable row level security;
alter table dispatch.report         enable row level security;
alter table dispatch.parked_report  enable row level security;

create policy in_reach on dispatch.incident for select to city_brain_dispatch_views
    using (visible_to @> array[current_setting('city_brain.unit', true)]);
create policy with_its_incident on dispatch.task for select to city_brain_dispatch_views
    using (public.within_reach(unit_code) or exists (select from dispatch.incident i where i.id = incident_id));
create policy with_its_incident on dispatch.incident_event for select to city_brain_dispatch_views
    using (exists (select from dispatch.incident i where i.id = incident_id));
create policy in_reach_or_own on dispatch.report for select to city_brain_dispatch_views
    using (public.within_reach(grid_code) or public.is_city_wide()
           or (source_kind <> 'SENSOR' and source_id = current_setting('city_brain.person', true))
           or (source_kind in ('SENSOR', 'SYSTEM') and source_id = current_setting('city_brain.source', true)));
create policy city_wide_or_own on dispatch.parked_report for select to city_brain_dispatch_views
    using (public.is_city_wide()
           or source_id = current_setting('city_brain.person', true)
           or source_id = current_setting('city_brain.source', true));

grant usage on schema dispatch to city_brain_dispatch_views;
grant select on dispatch.incident, dispatch.task, dispatch.incident_event, dispatch.report, dispatch.report_key,
    dispatch.parked_report, dispatch.batch_outcome, dispatch.consumed_partition, dispatch.policy
    to city_brain_dispatch_views;
reset role;

do $$
declare
    name text;
begin
    for name in select viewname from pg_views where schemaname = 'dispatch' loop
        execute format('alter view dispatch.%I owner to city_brain_dispatch_views', name);
    end loop;
end
$$;

set role city_brain_intake;
alter table intake.refused_report enable row level security;
create policy city_wide_or_own on intake.refused_report for select to city_brain_intake_views
    using (public.is_city_wide()
           or source_id = current_setting('city_brain.person', true)
           or source_id = current_setting('city_brain.source', true));
grant usage on schema intake to city_brain_intake_views;
grant select on intake.refused_report to city_brain_intake_views;
reset role;
alter view intake.refused_report_view owner to city_brain_intake_views;
