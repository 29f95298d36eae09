-- One login per service, one schema per service, one owner per table.
-- A service reads another's data only through that schema's views, by way of the role city_brain_reader.
-- Roles belong to the cluster, not to the database: they may be there already.

do $$
declare
    login text;
begin
    perform pg_advisory_xact_lock(hashtext('city_brain_roles'));
    foreach login in array array['city_brain_intake', 'city_brain_grid', 'city_brain_dispatch', 'city_brain_api'] loop
        if not exists (select from pg_roles where rolname = login) then
            execute format('create role %I login', login);
        end if;
        execute format('grant %I to current_user', login);
    end loop;
    if not exists (select from pg_roles where rolname = 'city_brain_reader') then
        create role city_brain_reader nologin;
    end if;
    grant city_brain_reader to city_brain_intake, city_brain_grid, city_brain_dispatch, city_brain_api;
end
$$;

create extension if not exists postgis;
create extension if not exists btree_gist;
create extension if not exists pg_stat_statements;

revoke create on schema public from public;

create schema intake   authorization city_brain_intake;
create schema grid     authorization city_brain_grid;
create schema dispatch authorization city_brain_dispatch;
create schema api      authorization city_brain_api;

grant usage on schema intake, grid, dispatch to city_brain_reader;

comment on schema intake   is 'Sources and what was refused at the gate. Written by event-intake.';
comment on schema grid     is 'The layered governance map. Written by grid-service.';
comment on schema dispatch is 'Reports, incidents, tasks, timeline, policies. Written by dispatch-service.';
comment on schema api      is 'What the front door itself keeps. Written by city-brain-api.';

-- Tables that grow without end are partitioned by month; each schema's owner makes its partitions ahead of time.
create function public.month_partition_name(parent text, month date) returns text
    language sql immutable
    return parent || '_' || to_char(month, 'YYYY"_"MM');
