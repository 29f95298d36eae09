-- An incident may reach as far as a chain of reports carries it, where the correlation policy says how far; and one that lies in
-- several grids says how much of it lies in each.
set role city_brain_dispatch;

alter table dispatch.incident
    add column positions geometry(MultiPoint, 4326),
    add column shares json not null default '[]';
comment on column dispatch.incident.positions is 'Where its reports saw it, the opening one first, thinned out. Absent where its type does not wander: then only location counts.';
comment on column dispatch.incident.shares is 'Of each grid of unit_codes its code, and its share of the footprint''s area and of the people under it; each adds up to 1.';

reset role;

-- It stays with city_brain_dispatch_views (V9).
create or replace view dispatch.incident_view as
    select id, dispatch.readable_number(opened_at, number) as number,
           version, status, opened_at, closed_at, type, category, board, location, footprint, grid_code, unit_codes,
           commanding_unit, level, scope, needs_person, corroborated, report_count, first_occurred_at, last_occurred_at,
           people_affected, people_basis, area_km2, area_basis, grade, picture, grading_version, routing_version,
           correlation_version, catalogue_version, map_version, changed_at, visible_to, shares
    from dispatch.incident;
