-- Moves with every change of a key place, so that dispatch-service sees with one small read whether to read them anew.
set role city_brain_grid;

create table grid.key_place_change (
    only_row boolean primary key default true check (only_row),
    number   bigint not null
);
insert into grid.key_place_change (number) values (0);

create function grid.count_key_place_change() returns trigger
    language plpgsql as $$
begin
    if exists (select from changed where layer = 'KEY_PLACE') then
        update grid.key_place_change set number = number + 1;
    end if;
    return null;
end
$$;

create trigger key_place_added after insert on grid.layer_feature
    referencing new table as changed for each statement execute function grid.count_key_place_change();
create trigger key_place_altered after update on grid.layer_feature
    referencing new table as changed for each statement execute function grid.count_key_place_change();
create trigger key_place_removed after delete on grid.layer_feature
    referencing old table as changed for each statement execute function grid.count_key_place_change();

create view grid.key_place_change_view as select number from grid.key_place_change;
grant select on grid.key_place_change_view to city_brain_reader;
reset role;
