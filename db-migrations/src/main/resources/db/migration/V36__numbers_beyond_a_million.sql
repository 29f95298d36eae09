-- The number by which people name an incident kept its first six digits only: from the millionth incident on, ten had the same one.
set role city_brain_dispatch;

create or replace function dispatch.readable_number(opened_at timestamptz, number bigint) returns text
    language sql stable parallel safe
    return to_char(opened_at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-'
           || lpad(number::text, greatest(6, length(number::text)), '0');
comment on function dispatch.readable_number is 'The day it was opened in the city''s own zone, and its number of six digits or more. IncidentNumber of dispatch-service writes the same.';
reset role;
