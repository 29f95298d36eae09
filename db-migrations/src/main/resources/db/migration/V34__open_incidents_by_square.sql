-- The open incidents near a place by squares of a two-hundredth of a degree. The index from a place outwards that this replaces cost each
-- new incident and each change of one a way through a tree of rectangles, and each new incident a search of its own in every month.
-- Rather not at all than with everybody waiting behind it (docs/containers.md).
set local lock_timeout = '30s';

set role city_brain_dispatch;

create function dispatch.square_of(place geometry) returns integer
    language sql immutable strict parallel safe
    return floor(st_y(place) * 200)::integer * 80000 + floor(st_x(place) * 200)::integer;
comment on function dispatch.square_of is 'The square of a two-hundredth of a degree in which a place lies; no two squares have the same number. Squares of dispatch-service computes the same.';

create index incident_open_by_square on dispatch.incident (dispatch.square_of(location)) where closed_at is null;
drop index dispatch.incident_open_by_place;
reset role;
