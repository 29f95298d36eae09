-- Departments, and rosters that are kept by hand: both by an administrator through grid-service.
set role city_brain_grid;

create table grid.department (
    code       text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    name       text not null check (length(name) between 1 and 200),
    unit_code  text not null references grid.unit (code),
    provenance text not null check (provenance in ('SYNTHETIC', 'IMPORTED', 'REGISTERED')),
    updated_at timestamptz not null
);
comment on column grid.department.unit_code is 'The department serves this unit and all below it.';
create index department_by_unit on grid.department (unit_code);

alter table grid.staff drop constraint staff_provenance_check;
alter table grid.staff add check (provenance in ('SYNTHETIC', 'IMPORTED', 'REGISTERED'));

-- Moves with every change of a roster by hand, so that dispatch-service sees with one small read whether to read them anew.
create table grid.roster_change (
    only_row boolean primary key default true check (only_row),
    number   bigint not null
);
insert into grid.roster_change (number) values (0);

create view grid.department_view as select code, name, unit_code, provenance, updated_at from grid.department;
create view grid.roster_change_view as select number from grid.roster_change;
grant select on grid.department_view, grid.roster_change_view to city_brain_reader;
reset role;
