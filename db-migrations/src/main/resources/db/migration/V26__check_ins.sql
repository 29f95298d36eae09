-- A grid or street whistles, departments check in, serve, and are rated; and what reporters and workers say of an incident when it is over.
-- Whose figures the reader sees: those of the subtree of their unit. An analyst has figures and no single incident (V20).
create function public.within_figures(code text) returns boolean
    language sql stable parallel safe
    return current_setting('city_brain.aggregates', true) <> '' and starts_with(code, current_setting('city_brain.aggregates', true));

-- Whether the reader speaks for this department; city_brain.department is the one of the reader's token.
create function public.is_own_department(code text) returns boolean
    language sql stable parallel safe
    return current_setting('city_brain.department', true) <> '' and code = current_setting('city_brain.department', true);

set role city_brain_dispatch;

create table dispatch.check_in (
    id                   uuid primary key,
    incident_id          uuid not null,
    round                integer not null check (round > 0),
    version              integer not null check (version > 0),
    status               text not null check (status in ('SUMMONED', 'CHECKED_IN', 'SERVED', 'RATED', 'ABSENT', 'RELEASED')),
    department_code      text not null,
    department_name      text not null,
    department_unit      text not null,
    task_id              uuid not null,
    whistled_at          timestamptz not null,
    whistled_by          text not null,
    whistled_as          text not null check (whistled_as in ('GRID_WORKER', 'OPERATOR')),
    whistled_unit        text not null,
    reason               text not null check (length(reason) between 1 and 1000),
    due_at               timestamptz not null check (due_at > whistled_at),
    absent_from          timestamptz not null check (absent_from >= due_at),
    surroundings_m       integer not null check (surroundings_m > 0),
    checked_in_at        timestamptz check (checked_in_at >= whistled_at),
    checked_in_by        text,
    location             geometry(Point, 4326),
    distance_m           double precision check (distance_m >= 0),
    outside_surroundings boolean,
    served_at            timestamptz,
    served_by            text,
    service              text check (length(service) between 1 and 1000),
    evidence             json,
    rated_at             timestamptz,
    rated_by             text,
    rating               text check (rating in ('EFFECTIVE', 'INEFFECTIVE')),
    rating_reason        text check (length(rating_reason) between 1 and 1000),
    ended_at             timestamptz,
    constraint check_in_once_a_round unique (incident_id, department_code, round),
    constraint check_in_made check (
        num_nonnulls(checked_in_at, checked_in_by, location, distance_m, outside_surroundings)
            = case when status in ('CHECKED_IN', 'SERVED', 'RATED') then 5 else 0 end),
    constraint check_in_served check (
        num_nonnulls(served_at, served_by, service, evidence) in (0, 4)
        and (served_at is not null or status <> 'SERVED') and (served_at is null or status in ('SERVED', 'RATED'))),
    constraint check_in_rated check (
        num_nonnulls(rated_at, rated_by, rating, rating_reason) = case when status = 'RATED' then 4 else 0 end),
    constraint check_in_ended check ((ended_at is not null) = (status in ('RATED', 'ABSENT', 'RELEASED')))
);
comment on table dispatch.check_in is 'One department, summoned once to one incident by a grid or street, and what became of it.';
comment on column dispatch.check_in.id is 'Begins with the same millisecond as its incident''s.';
comment on column dispatch.check_in.round is 'How many times this department has been summoned to this incident, this time included.';
comment on column dispatch.check_in.whistled_as is 'The role in which it was whistled: somebody of the same role and unit may rate as well.';
comment on column dispatch.check_in.due_at is 'Whoever checks in later is late.';
comment on column dispatch.check_in.absent_from is 'Who has not checked in by then is absent.';
comment on column dispatch.check_in.surroundings_m is 'Metres around the footprint, or the place where there is none, in which a check-in lies in place.';
comment on column dispatch.check_in.checked_in_at is 'By the clock of whoever checked in; when it came in, the timeline says.';
comment on column dispatch.check_in.location is 'WGS-84, converted where it came in another datum.';
comment on column dispatch.check_in.ended_at is 'RELEASED: the incident ended before the check-in was due.';

create unique index check_in_unfinished on dispatch.check_in (incident_id, department_code)
    where status in ('SUMMONED', 'CHECKED_IN', 'SERVED');
create index check_in_summoned on dispatch.check_in (absent_from) where status = 'SUMMONED';
create index check_in_of_department on dispatch.check_in (department_code, whistled_at desc, id desc);
create index check_in_in_order on dispatch.check_in (whistled_at desc, id desc);

-- What somebody who reported it, works in it or spoke with a citizen says of an incident after it was resolved.
create table dispatch.feedback (
    incident_id  uuid not null,
    id           uuid not null,
    round        integer not null check (round > 0),
    solved       boolean not null,
    satisfaction integer check (satisfaction between 1 and 5),
    text         text not null check (length(text) between 1 and 1000),
    given_by     text not null,
    given_as     text not null check (given_as in ('REPORTER', 'WORKER', 'CITIZEN')),
    given_at     timestamptz not null,
    primary key (incident_id, id)
);
comment on column dispatch.feedback.round is 'Which end of the incident it is about: 1, and one more each time that it was reopened.';
comment on column dispatch.feedback.given_as is 'CITIZEN: an operator gives it for a citizen.';
create unique index feedback_once on dispatch.feedback (incident_id, round, given_by) where given_as <> 'CITIZEN';

-- The lines that departments are scored by; few among all lines.
create index incident_event_of_departments on dispatch.incident_event (recorded_at)
    where kind in ('WHISTLED', 'CHECKED_IN', 'SERVED', 'RATED', 'ABSENT', 'RELEASED');

alter table dispatch.check_in enable row level security;
alter table dispatch.feedback enable row level security;
create policy with_its_incident_or_own on dispatch.check_in for select to city_brain_dispatch_views
    using (public.is_own_department(department_code) or exists (select from dispatch.incident i where i.id = incident_id));
create policy with_its_incident on dispatch.feedback for select to city_brain_dispatch_views
    using (exists (select from dispatch.incident i where i.id = incident_id));
grant select on dispatch.check_in, dispatch.feedback to city_brain_dispatch_views;

-- These two stay with the tables' owner, and say themselves whose figures they are: they tell when departments were summoned and
-- came, of an incident its number, and no account.
create view dispatch.department_log_view with (security_barrier) as
    select e.incident_id, dispatch.readable_number(i.opened_at, i.number) as incident_number, e.sequence, e.recorded_at, e.kind,
           (c.value ->> 'id')::uuid as check_in_id, c.value -> 'department' ->> 'code' as department_code,
           c.value ->> 'whistledUnit' as whistled_unit, c.value as facts
    from dispatch.incident_event e
    join dispatch.incident i on i.id = e.incident_id
    cross join lateral json_array_elements(e.detail -> 'checkIns') as c
    where e.kind in ('WHISTLED', 'CHECKED_IN', 'SERVED', 'RATED', 'ABSENT', 'RELEASED')
      and (public.within_figures(c.value ->> 'whistledUnit') or public.is_own_department(c.value -> 'department' ->> 'code'));
comment on view dispatch.department_log_view is 'The lines of all timelines that say what became of a summons, one row for each summons that a line tells of. Departments are scored by them.';

create view dispatch.open_check_in_view with (security_barrier) as
    select department_code, whistled_unit, status, due_at
    from dispatch.check_in
    where status in ('SUMMONED', 'CHECKED_IN', 'SERVED')
      and (public.within_figures(whistled_unit) or public.is_own_department(department_code));
grant select on dispatch.department_log_view, dispatch.open_check_in_view to city_brain_reader;
reset role;

create view dispatch.check_in_view as
    select id, incident_id, round, version, status, department_code, department_name, department_unit, task_id, whistled_at,
           whistled_by, whistled_as, whistled_unit, reason, due_at, absent_from, surroundings_m, checked_in_at, checked_in_by,
           location, distance_m, outside_surroundings, served_at, served_by, service, evidence, rated_at, rated_by, rating,
           rating_reason, ended_at
    from dispatch.check_in;
alter view dispatch.check_in_view owner to city_brain_dispatch_views;

create view dispatch.feedback_view as
    select incident_id, id, round, solved, satisfaction, text, given_by, given_as, given_at from dispatch.feedback;
alter view dispatch.feedback_view owner to city_brain_dispatch_views;
grant select on dispatch.check_in_view, dispatch.feedback_view to city_brain_reader;
