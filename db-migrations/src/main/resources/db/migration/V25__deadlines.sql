-- Deadlines that never sleep (docs/deadlines.md, docs/decisions/0014-the-sweep.md), and the hours that units work.
-- Rather not at all than with everybody waiting behind it (docs/containers.md).
set local lock_timeout = '30s';
set role city_brain_dispatch;

-- Of each deadline the very moment that was warned of, missed or met is kept, not a mere yes: a deadline that is tightened or given
-- anew is another one, and is watched again by itself.
alter table dispatch.task
    add column acknowledge_from        timestamptz,
    add column acknowledge_warned_for  timestamptz,
    add column acknowledge_missed_for  timestamptz,
    add column acknowledge_settled_for timestamptz,
    add column resolve_from            timestamptz,
    add column resolve_warned_for      timestamptz,
    add column resolve_missed_for      timestamptz,
    add column resolve_settled_for     timestamptz,
    add column alarm_at                timestamptz;
comment on column dispatch.task.acknowledge_from is 'When acknowledge_by was given, where that was later than dispatched_at: 80 % is counted from here.';
comment on column dispatch.task.resolve_from is 'When resolve_by was given, where that was later than dispatched_at.';
comment on column dispatch.task.acknowledge_warned_for is 'The acknowledge_by that was warned of, once 80 % of its time was gone.';
comment on column dispatch.task.acknowledge_missed_for is 'The acknowledge_by that was missed, told and escalated.';
comment on column dispatch.task.acknowledge_settled_for is 'The acknowledge_by that nobody waits for: the incident was resolved before, or deadlines were not watched yet.';
comment on column dispatch.task.resolve_settled_for is 'The resolve_by by which the incident was contained or resolved, though the task is still open.';
comment on column dispatch.task.alarm_at is 'Of a task of the city that missed a deadline: when the alarm is raised again.';

-- What has passed by now was nobody's to watch: no alarm is raised for it after the fact.
update dispatch.task
set acknowledge_settled_for = case when status = 'DISPATCHED' and acknowledge_by <= now() then acknowledge_by end,
    resolve_settled_for = case when resolve_by <= now() then resolve_by end
where status not in ('COMPLETED', 'RETURNED') and (acknowledge_by <= now() or resolve_by <= now());

-- In UTC, where every day has 24 hours: so it depends on no setting of a session and may be stored.
alter table dispatch.task
    add column next_due_at timestamptz generated always as (
        case when status not in ('COMPLETED', 'RETURNED') then least(
            case when status = 'DISPATCHED' and acknowledge_missed_for is distinct from acknowledge_by and acknowledge_settled_for is distinct from acknowledge_by then
                case when acknowledge_warned_for is distinct from acknowledge_by
                     then ((coalesce(acknowledge_from, dispatched_at) at time zone 'UTC') + 0.8 * (acknowledge_by - coalesce(acknowledge_from, dispatched_at)))
                          at time zone 'UTC'
                     else acknowledge_by end
            end,
            case when resolve_missed_for is distinct from resolve_by and resolve_settled_for is distinct from resolve_by then
                case when resolve_warned_for is distinct from resolve_by
                     then ((coalesce(resolve_from, dispatched_at) at time zone 'UTC') + 0.8 * (resolve_by - coalesce(resolve_from, dispatched_at)))
                          at time zone 'UTC'
                     else resolve_by end
            end,
            alarm_at)
        end) stored;
comment on column dispatch.task.next_due_at is 'When the sweep has to look at it next: the earliest warning, breach or repeated alarm. Null: never.';
create index task_next_due on dispatch.task (next_due_at) where next_due_at is not null;

alter table dispatch.incident
    add column situation_planned_for text,
    add column situation_from        timestamptz,
    add column situation_due_at      timestamptz,
    add column situation_next_at     timestamptz,
    add column close_at              timestamptz;

-- Grave incidents that are open already are reported on from now on.
update dispatch.incident
set situation_planned_for = level, situation_from = now(), situation_next_at = now()
where level in ('I', 'II') and status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED');
comment on column dispatch.incident.situation_planned_for is 'The level that situation_due_at was set for; another level than the incident''s: to be set anew.';
comment on column dispatch.incident.situation_from is 'When the last situation report was made, or where there is none when it was opened; a missed one counts from when it was due.';
comment on column dispatch.incident.situation_due_at is 'When the commanding unit has to report on the situation next.';
comment on column dispatch.incident.situation_next_at is 'When the sweep looks at it next: at 80 % of the time, then when it is due.';
comment on column dispatch.incident.close_at is 'When the sweep looks at it next: VERIFIED, whether it is to be closed; RESOLVED, whether somebody is to be chased who looks.';
create index incident_situation_unplanned on dispatch.incident (id)
    where level in ('I', 'II') and status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED')
      and situation_planned_for is distinct from level;
create index incident_situation_next on dispatch.incident (situation_next_at)
    where level in ('I', 'II') and status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED');
create index incident_verified on dispatch.incident (close_at) where status = 'VERIFIED';
create index incident_resolved on dispatch.incident (close_at) where status = 'RESOLVED';

-- What was planned for one level or one status does not hold for another, and is planned anew where that comes back.
create function dispatch.plan_anew() returns trigger
    language plpgsql as $$
begin
    new.close_at := null;
    if new.level is distinct from old.level then
        new.situation_planned_for := null;
        new.situation_from := null;
        new.situation_due_at := null;
        new.situation_next_at := null;
    end if;
    return new;
end
$$;
create trigger planned_anew before update on dispatch.incident
    for each row when (new.status is distinct from old.status or new.level is distinct from old.level)
    execute function dispatch.plan_anew();

-- The clockwork's own table, as db-scheduler has it.
create table dispatch.scheduled_task (
    task_name            text not null,
    task_instance        text not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
comment on table dispatch.scheduled_task is 'When each lane of the sweep runs next, who runs it now and how it went (db-scheduler).';
create index scheduled_task_by_time on dispatch.scheduled_task (execution_time);
create index scheduled_task_by_heartbeat on dispatch.scheduled_task (last_heartbeat);
reset role;

-- When a unit works. What has none of its own takes the nearest one above it; where there is none at all, every hour counts.
set role city_brain_grid;

create table grid.working_calendar (
    unit_code  text not null references grid.unit (code),
    valid_from date not null,
    hours      jsonb not null,
    days       jsonb not null,
    changed_at timestamptz not null,
    primary key (unit_code, valid_from)
);
comment on table grid.working_calendar is 'The hours that a unit works, in the city''s own time; from a day on until the next of its calendars begins.';
comment on column grid.working_calendar.hours is 'By weekday the spans of work: {"MONDAY": [{"from": "09:00", "to": "18:00"}]}. A weekday that is not named is free.';
comment on column grid.working_calendar.days is 'Dates that are other than their weekday, with their spans; none: a holiday. {"2026-10-01": []}.';

-- Moves with every change, so that dispatch-service sees with one small read whether to read them anew.
create table grid.calendar_change (
    only_row boolean primary key default true check (only_row),
    number   bigint not null
);
insert into grid.calendar_change (number) values (0);

create view grid.working_calendar_view as select unit_code, valid_from, hours, days from grid.working_calendar;
create view grid.calendar_change_view as select number from grid.calendar_change;
grant select on grid.working_calendar_view, grid.calendar_change_view to city_brain_reader;
reset role;
