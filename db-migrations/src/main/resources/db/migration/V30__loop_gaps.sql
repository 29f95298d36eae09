-- A unit's working calendar can end: from then on the nearest one above it holds again. What held before stays readable.
-- Rather not at all than with everybody waiting behind it (docs/containers.md).
set local lock_timeout = '30s';
set role city_brain_grid;

alter table grid.working_calendar
    add column valid_to date,
    add check (valid_to > valid_from);
comment on column grid.working_calendar.valid_to is 'The first day on which the unit has no calendar of its own any more; null where none is known. One that begins later ends it, too.';

create or replace view grid.working_calendar_view as
    select unit_code, valid_from, hours, days, valid_to from grid.working_calendar;
reset role;
