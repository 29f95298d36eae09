-- A version of the map that was published and not yet announced is announced by whoever looks first. And what two versions
-- differ in is found by what began and what ended between them.
set role city_brain_grid;

alter table grid.map_version add column announced_at timestamptz;
comment on column grid.map_version.announced_at is 'When Kafka acknowledged the message about it; null: not yet.';

create index unit_version_ended on grid.unit_version (valid_to, code) where valid_to is not null;
create index unit_version_by_former_code on grid.unit_version (former_code) where former_code is not null;

reset role;
