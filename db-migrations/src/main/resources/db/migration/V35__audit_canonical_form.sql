-- The canonical form of an audit line is put together field by field where it is hashed. As a function over an array it took three
-- times as long, while everybody else waits for the chain; its form, and so every hash, stays the same.
-- Without the cast to text the planner would take the field's function for one that may change, and call it instead of writing it out.
set role city_brain_audit;

create function audit.canonical(field text) returns text
    language sql immutable parallel safe
    return coalesce(length(field)::text || ':' || field, '-');
comment on function audit.canonical(text) is 'A field as its length in characters, a colon and itself, null as a minus: no two lines have the same fields in a row.';

create or replace function audit.append(service text, actor text, roles text, unit text, action text, object text, origin text,
                                        result text, detail text, trace_id text) returns bigint
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    now_at timestamptz := clock_timestamp();
    last_hash bytea;
    next_sequence bigint;
begin
    perform pg_advisory_xact_lock(hashtext('audit.line'));
    select l.sequence + 1, l.hash into next_sequence, last_hash from audit.line l order by l.sequence desc limit 1;
    next_sequence := coalesce(next_sequence, 1);
    last_hash := coalesce(last_hash, '\x');
    insert into audit.line (sequence, recorded_at, service, actor, roles, unit, action, object, origin, result, detail,
                            trace_id, hash)
    values (next_sequence, now_at, service, actor, roles, unit, action, object, origin, result, detail, trace_id,
            sha256(last_hash || convert_to(
                audit.canonical(next_sequence::text)
                || audit.canonical(to_char(now_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                || audit.canonical(service) || audit.canonical(actor) || audit.canonical(roles) || audit.canonical(unit)
                || audit.canonical(action) || audit.canonical(object) || audit.canonical(origin) || audit.canonical(result)
                || audit.canonical(detail) || audit.canonical(trace_id), 'UTF8')));
    return next_sequence;
end
$$;
drop function audit.canonical(text[]);
reset role;
