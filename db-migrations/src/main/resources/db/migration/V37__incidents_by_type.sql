-- Incidents of a type that hardly ever occurs were looked for in all that is stored. Nobody asks for them by the beginning of a grid's code:
-- that index, written at a random place for every incident, goes; first, for that takes the stronger lock.
-- Rather not at all than with everybody waiting behind it (docs/containers.md).
set local lock_timeout = '30s';

set role city_brain_dispatch;
drop index dispatch.incident_by_grid;
create index incident_by_type on dispatch.incident (type, id);
reset role;
