-- Routing: who else lies on an incident's way. Departments by responsibility area, devices near, delegation of what is off the list.
set role city_brain_grid;

-- What dispatch-service holds in memory beside the map, each with its own time.
create view grid.device_view as
    select id, kind, name, geometry as location, unit_code, valid_from, valid_to
    from grid.layer_feature where layer = 'DEVICE';

create view grid.responsibility_area_view as
    select f.id, f.kind, f.name, f.geometry as area, f.incident_types, f.department_code, d.name as department_name, d.unit_code,
           f.valid_from, f.valid_to
    from grid.layer_feature f join grid.department d on d.code = f.department_code
    where f.layer = 'RESPONSIBILITY_AREA';
comment on view grid.responsibility_area_view is 'Which department answers where and for what; incident_types null: for everything. unit_code: the unit that the department serves.';

-- What dispatch-service reads each second, to see whether to read them anew.
create view grid.layer_change_view as select layer, change as number from grid.layer_change;

grant select on grid.device_view, grid.responsibility_area_view, grid.layer_change_view to city_brain_reader;

-- A department that is renamed, or serves another unit from now on, is a change of its areas to whoever reads them.
create function grid.note_department_change() returns trigger
    language plpgsql as $$
begin
    insert into grid.layer_change as c (layer, change) values ('RESPONSIBILITY_AREA', 1)
    on conflict (layer) do update set change = c.change + 1;
    return null;
end
$$;
create trigger department_updated after update on grid.department
    for each statement execute function grid.note_department_change();
reset role;

set role city_brain_dispatch;

alter table dispatch.task
    add column department_code text,
    add column department_name text,
    add column board text,
    add constraint task_department check ((department_code is null) = (department_name is null));
comment on table dispatch.task is 'One task per incident and unit, and one per department that is called. Its id begins with the same millisecond as its incident''s, so a look-up by id opens one partition.';
comment on column dispatch.task.department_code is 'The department whose task it is; null: the unit''s own. unit_code is then the unit that the department serves.';
comment on column dispatch.task.department_name is 'Its name when it was called.';
comment on column dispatch.task.board is 'Of a street''s own task: which of its four boards the incident''s type belongs to.';
create index task_open_by_department on dispatch.task (department_code, incident_id)
    where department_code is not null and status not in ('COMPLETED', 'RETURNED');

-- The open incidents near a place, from the place outwards: where thousands are near, only the nearest are read, and what is closed
-- is not passed over.
create index incident_open_by_place on dispatch.incident using gist (location) where closed_at is null;

-- What is off the list goes to a grid only after somebody has asked with reason, budget and handling manual, and somebody else, of the
-- street or above, has approved. What was asked without one of them is in the audit trail and not here.
create table dispatch.delegation (
    id              uuid primary key,
    incident_id     uuid not null,
    grid_code       text not null check (length(grid_code) = 15),
    reason          text not null check (length(reason) between 1 and 1000),
    budget_yuan     bigint not null check (budget_yuan > 0),
    manual          text not null check (length(manual) between 1 and 1000),
    status          text not null check (status in ('REQUESTED', 'APPROVED', 'REFUSED')),
    requested_at    timestamptz not null,
    requested_by    text not null,
    requested_unit  text not null,
    decided_at      timestamptz,
    decided_by      text check (decided_by <> requested_by),
    decided_unit    text,
    decision_reason text check (length(decision_reason) between 1 and 1000),
    task_id         uuid,
    constraint delegation_decided check (
        num_nonnulls(decided_at, decided_by, decided_unit, decision_reason) = case status when 'REQUESTED' then 0 else 4 end),
    constraint delegation_task check ((task_id is not null) = (status = 'APPROVED'))
);
comment on table dispatch.delegation is 'Requests that a grid worker be given what the item catalogue does not let them be given, and what became of them.';
comment on column dispatch.delegation.id is 'Given by whoever asks: the same request again is the same delegation.';
comment on column dispatch.delegation.manual is 'Where the handling manual is, or its title.';
create unique index delegation_once on dispatch.delegation (incident_id, grid_code) where status <> 'REFUSED';
create index delegation_in_order on dispatch.delegation (requested_at desc, id desc);

alter table dispatch.delegation enable row level security;
create policy with_its_incident on dispatch.delegation for select to city_brain_dispatch_views
    using (exists (select from dispatch.incident i where i.id = incident_id));
grant select on dispatch.delegation to city_brain_dispatch_views;
reset role;

create or replace view dispatch.task_view as
    select incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, digest,
           department_code, department_name, board
    from dispatch.task;

create view dispatch.delegation_view as
    select id, incident_id, grid_code, reason, budget_yuan, manual, status, requested_at, requested_by, requested_unit,
           decided_at, decided_by, decided_unit, decision_reason, task_id
    from dispatch.delegation;
alter view dispatch.delegation_view owner to city_brain_dispatch_views;
grant select on dispatch.delegation_view to city_brain_reader;
