-- Runs after every migration: the passwords come from the environment, so a rotation needs no new migration.
alter role city_brain_intake   password ${city_brain_intake_password};
alter role city_brain_grid     password ${city_brain_grid_password};
alter role city_brain_dispatch password ${city_brain_dispatch_password};
alter role city_brain_api      password ${city_brain_api_password};
alter role city_brain_identity password ${city_brain_identity_password};

-- Row-level security lets an index be used only with operators that cannot tell anything of the rows they pass over. A
-- comparison of two boxes cannot, nor can that of two lists of codes; PostgreSQL and PostGIS do not say so themselves, and an update of the extension
-- forgets it.
do $$
begin
    alter function geometry_overlaps(geometry, geometry) leakproof;
    alter function pg_catalog.arraycontains(anyarray, anyarray) leakproof;
exception when insufficient_privilege then
    raise warning 'only a superuser may mark geometry_overlaps and arraycontains as leakproof: a bbox and a unit read whole partitions until one does';
end
$$;

-- Restored from a dump into another cluster: transactions are numbered on from the last one that is kept (V39), and from far beyond it, because places in the timeline
-- were given out after the dump, too. Sessions that begin from now on see it.
do $$
declare
    kept bigint;
begin
    if to_regproc('public.current_transaction') is null then
        return;
    end if;
    select max(id) into kept
    from (select (select transaction_id from dispatch.incident_event order by transaction_id desc, sequence desc limit 1)::text::bigint as id
          union all
          select (select transaction_id from api.receipt order by transaction_id desc, sequence desc limit 1)::text::bigint
          union all
          select transaction_id::text::bigint from dispatch.relay_position) as kept;
    if kept > public.current_transaction()::text::bigint then
        kept := kept + (1::bigint << 40);
        raise warning 'this database was restored: its transactions are numbered on from %', kept;
        execute format('alter database %I set city_brain.transactions_before = %L', current_database(), kept);
    end if;
exception when insufficient_privilege then
    raise exception 'this database was restored, and its transactions cannot be numbered on: expected that a superuser runs alter database % set city_brain.transactions_before = %',
        quote_ident(current_database()), quote_literal(kept);
end
$$;
