-- What dispatch-service reads each second, to see whether to read the key places anew.
set role city_brain_grid;
create view grid.key_place_change_view as
    select coalesce(sum(change), 0)::bigint as number from grid.layer_change where layer = 'KEY_PLACE';
grant select on grid.key_place_change_view to city_brain_reader;
reset role;
