-- The audit trail: what people did and who was turned away. Lines are only added, by one function, each chained to the one
-- before it by a hash; city-brain-api anchors the newest hash outside the database (docs/security.md).
do $$
begin
    perform pg_advisory_xact_lock(hashtext('city_brain_roles'));
    if not exists (select from pg_roles where rolname = 'city_brain_audit') then
        create role city_brain_audit nologin;
    end if;
    grant city_brain_audit to current_user;
end
$$;

create schema audit authorization city_brain_audit;
grant usage on schema audit to city_brain_intake, city_brain_grid, city_brain_dispatch, city_brain_api;
comment on schema audit is 'What people did and who was turned away. Written by every service, through audit.append only.';

set role city_brain_audit;

create table audit.line (
    sequence      bigint primary key,
    recorded_at   timestamptz not null,
    service       text not null,
    actor         text not null,
    roles         text not null,
    unit          text,
    action        text not null,
    object        text not null,
    origin        text,
    result        text not null,
    detail        text not null,
    trace_id      text,
    hash          bytea not null check (length(hash) = 32)
);
comment on table audit.line is 'Sequence without gaps. hash: SHA-256 of the hash before it and of this line in canonical form.';
comment on column audit.line.detail is 'A JSON object, as the text that was hashed.';
create index audit_line_by_time on audit.line using brin (recorded_at);
create index audit_line_by_actor on audit.line (actor, sequence);

-- Each field as its length in characters, a colon and itself, null as a minus: no two lines have the same canonical form.
create function audit.canonical(variadic fields text[]) returns text
    language sql immutable parallel safe
    return (select string_agg(coalesce(length(field) || ':' || field, '-'), '' order by place)
            from unnest(fields) with ordinality as each(field, place));

create function audit.append(service text, actor text, roles text, unit text, action text, object text, origin text,
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
                audit.canonical(next_sequence::text,
                                to_char(now_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                service, actor, roles, unit, action, object, origin, result, detail, trace_id), 'UTF8')));
    return next_sequence;
end
$$;
comment on function audit.append is 'Adds one line to the trail and returns its sequence. Holds the chain until the transaction ends.';
revoke execute on function audit.append from public;
grant execute on function audit.append to city_brain_intake, city_brain_grid, city_brain_dispatch, city_brain_api;

create view audit.line_view as
    select sequence, recorded_at, service, actor, roles, unit, action, object, origin, result, detail, trace_id, hash
    from audit.line;
grant select on audit.line_view to city_brain_api;
reset role;
