-- Ends of working calendars, when situation reports are due, and who brought an incident to its version.
-- Rather not at all than with everybody waiting behind it (docs/containers.md).
set local lock_timeout = '30s';

-- A unit's working calendar can end: from then on the nearest one above it holds again. What held before stays readable.
set role city_brain_grid;

alter table grid.working_calendar
    add column valid_to date,
    add check (valid_to > valid_from);
comment on column grid.working_calendar.valid_to is 'The first day on which the unit has no calendar of its own any more; null where none is known. One that begins later ends it, too.';

create or replace view grid.working_calendar_view as
    select unit_code, valid_from, hours, days, valid_to from grid.working_calendar;
reset role;

set role city_brain_dispatch;

-- What brought an incident to its version is the first line of that version. Without an index all its lines are read: those of merged
-- reports and receipts, thousands in a storm, never bring one about. Version 1 is not in it: there it is the first line of all.
create index incident_event_of_version on dispatch.incident_event (incident_id, incident_version, sequence) include (actor)
    where incident_version > 1 and kind not in ('MERGED', 'NOTIFIED');

-- When the unit in command has to report on the situation next: one row for each incident that is reported on. Under the row-level
-- security of dispatch.incident.
create view dispatch.incident_situation_view as
    select id, situation_due_at as next_report_by
    from dispatch.incident
    where level in ('I', 'II') and status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED')
      and situation_planned_for = level and situation_due_at is not null;
grant select on dispatch.incident_situation_view to city_brain_reader;

-- As before, and: what is reported on again since it was reopened is looked at by the next sweep, which says when the next report is due.
create or replace function dispatch.plan_anew() returns trigger
    language plpgsql as $$
begin
    new.close_at := null;
    if new.level is distinct from old.level then
        new.situation_planned_for := null;
        new.situation_from := null;
        new.situation_due_at := null;
        new.situation_next_at := null;
    elsif old.status in ('RESOLVED', 'VERIFIED', 'CLOSED') and new.situation_next_at is not null then
        new.situation_next_at := new.changed_at;
    end if;
    return new;
end
$$;
reset role;

alter view dispatch.incident_situation_view owner to city_brain_dispatch_views;
