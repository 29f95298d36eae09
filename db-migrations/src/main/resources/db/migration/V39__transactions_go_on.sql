-- Lines of the timeline and receipts are in the order of their transactions, and so are the places that the relay and people's devices have kept. A database that was
-- restored from a dump into another cluster begins to count its transactions anew: what came then lay behind all that was kept, and nobody was told of it. So transactions
-- are numbered on from those of the clusters before (afterMigrate).
set local lock_timeout = '30s';

create function public.transactions_before() returns bigint
    language sql stable parallel safe as
$$
    select coalesce(nullif(current_setting('city_brain.transactions_before', true), ''), '0')::bigint
$$;
comment on function public.transactions_before is 'How many transactions the clusters had counted in which this database lived before; 0 where it was never restored from a dump.';

-- Of the transaction that asks: it draws its id from PostgreSQL, if it has none.
create function public.current_transaction() returns xid8
    language sql stable as
$$
    select (pg_current_xact_id()::text::bigint + public.transactions_before())::text::xid8
$$;

-- All transactions below have ended.
create function public.oldest_open_transaction() returns xid8
    language sql stable parallel safe as
$$
    select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + public.transactions_before())::text::xid8
$$;

-- None from it on has begun.
create function public.next_transaction() returns xid8
    language sql stable parallel safe as
$$
    select (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + public.transactions_before())::text::xid8
$$;

set role city_brain_dispatch;
alter table dispatch.incident_event alter column transaction_id set default public.current_transaction();

create or replace function dispatch.note_units_that_left() returns trigger
    language plpgsql as
$$
begin
    new.left_in := (old.left_in - new.visible_to)
        || (select coalesce(jsonb_object_agg(unit, public.current_transaction()::text), '{}')
            from (select unnest(old.visible_to) as unit except select unnest(new.visible_to)) gone);
    return new;
end
$$;
reset role;

set role city_brain_api;
alter table api.receipt alter column transaction_id set default public.current_transaction();
reset role;
