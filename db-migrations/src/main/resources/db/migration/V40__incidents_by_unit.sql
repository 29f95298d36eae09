-- Who sees a grid alone, and who asks for one grid or street, was answered out of all that is stored, from the newest on: with five million incidents not within ten
-- seconds. Entries of one incident are collected (fastupdate) and sorted in together.
set local lock_timeout = '30s';

set role city_brain_dispatch;
create index incident_by_unit on dispatch.incident using gin (visible_to);
reset role;
