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

drop index dispatch.report_by_description;
drop index dispatch.incident_event_by_note;
create index report_by_description on dispatch.report using gin (dispatch.by_letters(report #>> '{report,description}') gin_trgm_ops)
    where report #>> '{report,description}' is not null;
create index incident_event_by_note on dispatch.incident_event using gin (dispatch.by_letters(detail ->> 'text') gin_trgm_ops) where kind = 'NOTED';

-- As incidents_with_text of V28, which goes on finding what has no two letters in a row, but month by month from the newest on, until there are enough: a frequent word is not
-- gathered from all of them. An incident comes again for each month in which it was written about. Plans are made for the very words: only then
-- does PostgreSQL see which months and runs of three they need.
create function dispatch.incidents_with_words(words text, since timestamptz, most integer) returns setof uuid
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as
$$
declare
    pattern text := '%' || replace(replace(replace(dispatch.by_letters(words), '\', '\\'), '%', '\%'), '_', '\_') || '%';
    still_wanted integer := most;
    found_now integer;
    month timestamptz;
    next_month timestamptz;
    starts timestamptz;
begin
    for month in
        select to_date(right(c.relname, 7), 'YYYY_MM')::timestamp at time zone 'UTC'
        from pg_catalog.pg_inherits p join pg_catalog.pg_class c on c.oid = p.inhrelid
        where p.inhparent = 'dispatch.report'::regclass and c.relname ~ '^report_\d{4}_\d{2}$'
        order by 1 desc
    loop
        next_month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
        exit when still_wanted <= 0 or next_month <= since;
        starts := greatest(month, since);
        return query
            select i.id
            from (select r.incident_id
                  from dispatch.report r
                  where r.report #>> '{report,description}' is not null
                    and dispatch.by_letters(r.report #>> '{report,description}') ilike pattern
                    and r.received_at >= starts and r.received_at < next_month and r.incident_id is not null
                  union
                  select e.incident_id
                  from dispatch.incident_event e
                  where e.kind = 'NOTED' and dispatch.by_letters(e.detail ->> 'text') ilike pattern
                    and e.incident_id >= dispatch.lowest_id_at(starts) and e.incident_id < dispatch.lowest_id_at(next_month)) found
            join dispatch.incident i on i.id = found.incident_id
            where i.visible_to @> array[current_setting('city_brain.unit', true)]
            order by i.id desc
            limit still_wanted;
        get diagnostics found_now = row_count;
        still_wanted := still_wanted - found_now;
    end loop;
end
$$;
comment on function dispatch.incidents_with_words is 'Incidents in the reader''s reach with a report whose description, or a note whose text, has these words in it, from a moment on: month by month from the newest on, of each the newest incidents first.';
revoke execute on function dispatch.incidents_with_words from public;
grant execute on function dispatch.incidents_with_words to city_brain_reader;
reset role;
