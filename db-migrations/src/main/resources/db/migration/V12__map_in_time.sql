-- The map changes as a whole: a version is drafted in as many short transactions as it takes, seen by nobody, and published
-- in one. Beside the units, layers of what is and what happens in the city, each thing with its own time.
set role city_brain_grid;

alter table grid.map_version add column status text not null default 'PUBLISHED' check (status in ('DRAFT', 'PUBLISHED'));
comment on column grid.map_version.status is 'A DRAFT is still being written: its units are not on the map yet, and what it replaces still is.';
-- One at a time: what a draft replaces is decided when it is written.
create unique index one_draft on grid.map_version (status) where status = 'DRAFT';

-- The parts of a draft that are written already: a load that was broken off goes on behind them.
create table grid.map_draft_part (
    map_version bigint not null references grid.map_version (id) on delete cascade,
    part        text not null,
    units       bigint not null,
    primary key (map_version, part)
);

-- Units that end with a draft although it says nothing else of them: abolished, or carried on under another code.
create table grid.map_draft_end (
    map_version bigint not null references grid.map_version (id) on delete cascade,
    code        text not null references grid.unit (code),
    primary key (map_version, code)
);

-- A unit's next version is written before its last one ends: that no two hold at once is seen to when a draft is published.
alter table grid.unit_version drop constraint unit_version_code_tstzrange_excl;
alter table grid.unit_version add column former_code text references grid.unit (code);
comment on column grid.unit_version.former_code is 'The code that the unit had before this version, where a reform has given it another.';
create index unit_version_of_map on grid.unit_version (map_version, code);

-- Makes a draft the map from its moment on: ends what it replaces, and refuses what would break the map.
create function grid.publish_map_version(draft bigint) returns void
    language plpgsql as $$
declare
    starts timestamptz;
    wrong  text;
begin
    select effective_from into strict starts from grid.map_version where id = draft and status = 'DRAFT';
    if exists (select from grid.map_version where status = 'PUBLISHED' and effective_from >= starts) then
        raise exception 'a version of the map that begins at % or later is published already', starts;
    end if;
    update grid.unit_version v set valid_to = starts
    from (select code from grid.map_draft_end where map_version = draft
          union
          select code from grid.unit_version where map_version = draft) changed
    where v.code = changed.code and v.valid_to is null and v.map_version <> draft;

    select string_agg(code, ', ') into wrong
    from (select v.code
          from grid.unit_version v join grid.unit u using (code)
          where v.valid_to is null and u.parent_code is not null
            and not exists (select from grid.unit_version p where p.code = u.parent_code and p.valid_to is null)
          order by v.code limit 10) orphans;
    if wrong is not null then
        raise exception 'units without their parent: %', wrong;
    end if;
    delete from grid.map_draft_part where map_version = draft;
    delete from grid.map_draft_end where map_version = draft;
    update grid.map_version set status = 'PUBLISHED' where id = draft;
end
$$;

create or replace view grid.unit_view as
    select v.code, v.tier, u.parent_code, v.name, v.population, v.boundary, v.representative_point, v.area_km2,
           v.provenance, v.map_version, v.valid_from, v.valid_to, v.former_code
    from grid.unit_version v join grid.unit u using (code)
    where v.map_version in (select m.id from grid.map_version m where m.status = 'PUBLISHED');
comment on view grid.unit_view is 'What was, is or will be on the map; drafts are not.';

create or replace view grid.map_version_view as
    select id, effective_from, created_at, provenance, note from grid.map_version where status = 'PUBLISHED';

-- What lies on the map beside the units.
create table grid.layer_feature (
    layer           text not null check (layer in ('KEY_PLACE', 'DEVICE', 'RESPONSIBILITY_AREA', 'ONLINE_GRID', 'WATCH_AREA')),
    id              text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$'),
    valid_from      timestamptz not null,
    valid_to        timestamptz,
    kind            text not null check (kind ~ '^[A-Z][A-Z0-9_]{0,63}$'),
    name            text not null check (length(name) between 1 and 200),
    geometry        geometry(Geometry, 4326) not null check (st_isvalid(geometry) and not st_isempty(geometry)),
    unit_code       text references grid.unit (code),
    department_code text references grid.department (code),
    incident_types  text[],
    provenance      text not null check (provenance in ('SYNTHETIC', 'IMPORTED', 'REGISTERED')),
    primary key (layer, id, valid_from),
    check (valid_to is null or valid_to > valid_from),
    constraint layer_feature_once exclude using gist (layer with =, id with =, tstzrange(valid_from, valid_to) with &&),
    constraint key_place_kind check (
        layer <> 'KEY_PLACE' or kind in ('SCHOOL', 'HOSPITAL', 'CHEMICAL_PLANT', 'METRO_HUB', 'RESERVOIR')),
    constraint layer_geometry check (
        case when layer in ('KEY_PLACE', 'DEVICE') then geometrytype(geometry) = 'POINT'
             else geometrytype(geometry) in ('POLYGON', 'MULTIPOLYGON') end),
    constraint online_grid_of_grid check (layer <> 'ONLINE_GRID' or (unit_code is not null and length(unit_code) = 15)),
    constraint responsibility_of_department check ((layer = 'RESPONSIBILITY_AREA') = (department_code is not null)),
    constraint incident_types_of_responsibility check (incident_types is null or layer = 'RESPONSIBILITY_AREA')
);
comment on table grid.layer_feature is 'Key places, devices, areas that a department answers for, online grids, watch areas, as of any time.';
comment on column grid.layer_feature.unit_code is 'The grid that an online grid is bound to; elsewhere the unit that keeps the feature, where one does.';
comment on column grid.layer_feature.incident_types is 'What a department answers for in this area; null: everything.';
create index layer_feature_by_place on grid.layer_feature using gist (layer, geometry);

insert into grid.layer_feature (layer, id, valid_from, valid_to, kind, name, geometry, provenance)
select 'KEY_PLACE', id, valid_from, valid_to, kind, name, location, provenance from grid.key_place;
drop view grid.key_place_view;
drop table grid.key_place;

create view grid.layer_feature_view as
    select layer, id, valid_from, valid_to, kind, name, geometry, unit_code, department_code, incident_types, provenance
    from grid.layer_feature;
create view grid.key_place_view as
    select id, kind, name, geometry as location, provenance, valid_from, valid_to
    from grid.layer_feature where layer = 'KEY_PLACE';

grant select on grid.layer_feature_view, grid.key_place_view to city_brain_reader;
reset role;
