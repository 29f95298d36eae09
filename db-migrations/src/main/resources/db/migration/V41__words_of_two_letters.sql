-- A text was found by runs of three letters; most Chinese words have two, and those were looked for by reading the reports of seven days (0.6 s with 230,000 reports),
-- and not at all in what is older. With a letter between them runs of three hold every pair of letters.
-- Rather not at all than with everybody waiting behind it (docs/containers.md).
set local lock_timeout = '30s';

set role city_brain_dispatch;

-- One text is in another exactly if it is so by letters.
create function dispatch.by_letters(words text) returns text
    language sql immutable strict parallel safe
    return regexp_replace(words, '(.)', 'q\1', 'g') || 'q';
comment on function dispatch.by_letters is 'The letters of a text, each between two q: so that an index of runs of three finds what has two.';
grant execute on function dispatch.by_letters to city_brain_dispatch_views;

drop index dispatch.report_by_description;
drop index dispatch.incident_event_by_note;
create index report_by_description on dispatch.report using gin (dispatch.by_letters(report #>> '{report,description}') gin_trgm_ops)
    where report #>> '{report,description}' is not null;
create index incident_event_by_note on dispatch.incident_event using gin (dispatch.by_letters(detail ->> 'text') gin_trgm_ops) where kind = 'NOTED';

-- As in V28, but month by month from the newest on, until there are enough: a frequent word is not gathered from all of them. An incident comes twice where it has reports of
-- two months.
drop function dispatch.incidents_with_text(text, timestamptz, integer);
create function dispatch.incidents_with_text(words text, since timestamptz, most integer) returns setof uuid
    language plpgsql stable security definer set search_path = pg_catalog, public as
$$
declare
    pattern text := '%' || replace(replace(replace(dispatch.by_letters(words), '\', '\\'), '%', '\%'), '_', '\_') || '%';
    missing integer := most;
    given integer;
    begins timestamptz;
    ends timestamptz;
begin
    for begins in
        select to_date(right(c.relname, 7), 'YYYY_MM')::timestamp at time zone 'UTC'
        from pg_inherits p join pg_class c on c.oid = p.inhrelid
        where p.inhparent = 'dispatch.report'::regclass
        order by 1 desc
    loop
        ends := (begins at time zone 'UTC' + interval '1 month') at time zone 'UTC';
        exit when missing <= 0 or ends <= since;
        begins := greatest(begins, since);
        return query
            select i.id
            from (select r.incident_id
                  from dispatch.report r
                  where r.report #>> '{report,description}' is not null
                    and dispatch.by_letters(r.report #>> '{report,description}') ilike pattern
                    and r.received_at >= begins and r.received_at < ends and r.incident_id is not null
                  union
                  select e.incident_id
                  from dispatch.incident_event e
                  where e.kind = 'NOTED' and dispatch.by_letters(e.detail ->> 'text') ilike pattern
                    and e.incident_id >= dispatch.lowest_id_at(begins) and e.incident_id < dispatch.lowest_id_at(ends)) found
            join dispatch.incident i on i.id = found.incident_id
            where i.visible_to @> array[current_setting('city_brain.unit', true)]
            order by i.id desc
            limit missing;
        get diagnostics given = row_count;
        missing := missing - given;
    end loop;
end
$$;
comment on function dispatch.incidents_with_text is 'The newest incidents in the reader''s reach with a report whose description, or a note whose text, has these words in it, from a moment on.';
revoke execute on function dispatch.incidents_with_text from public;
grant execute on function dispatch.incidents_with_text to city_brain_reader;
reset role;
