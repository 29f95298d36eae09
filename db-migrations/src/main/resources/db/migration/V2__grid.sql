-- The layered governance map: city > district > street > community > grid, and micro-grids below a grid.
set role city_brain_grid;

-- A unit is its code. The length of the code is its tier, the prefix its one parent, so neither can be wrong.
create table grid.unit (
    code        text primary key
                check (code ~ '^[0-9]+$' and length(code) in (2, 6, 9, 12, 15, 17)),
    tier        text not null generated always as (
                    case length(code) when 2 then 'CITY' when 6 then 'DISTRICT' when 9 then 'STREET'
                                      when 12 then 'COMMUNITY' when 15 then 'GRID' when 17 then 'MICRO_GRID' end) stored,
    parent_code text generated always as (
                    case length(code) when 6 then left(code, 2) when 9 then left(code, 6) when 12 then left(code, 9)
                                      when 15 then left(code, 12) when 17 then left(code, 15) end) stored
                references grid.unit (code)
);
comment on table grid.unit is 'Every governance unit that ever was. The code tells tier and parent (GB/T 2260, GB/T 10114, NBS, GB/T 30428.1).';
create index unit_children on grid.unit (parent_code, code);

-- The map is versioned: every change of units or boundaries is one version, and decisions name the version they used.
create table grid.map_version (
    id             bigint generated always as identity primary key,
    effective_from timestamptz not null,
    created_at     timestamptz not null,
    provenance     text not null check (provenance in ('SYNTHETIC', 'IMPORTED')),
    note           text not null
);

-- What a unit looked like during a time.
create table grid.unit_version (
    code                 text not null references grid.unit (code),
    valid_from           timestamptz not null,
    valid_to             timestamptz,
    map_version          bigint not null references grid.map_version (id),
    name                 text not null,
    population           bigint not null check (population >= 0),
    boundary             geometry(MultiPolygon, 4326) not null check (st_isvalid(boundary) and not st_isempty(boundary)),
    representative_point geometry(Point, 4326) not null,
    area_km2             double precision not null check (area_km2 > 0),
    provenance           text not null check (provenance in ('SYNTHETIC', 'IMPORTED')),
    tier                 text not null,
    primary key (code, valid_from),
    check (valid_to is null or valid_to > valid_from),
    check (st_covers(boundary, representative_point)),
    check (tier = case length(code) when 2 then 'CITY' when 6 then 'DISTRICT' when 9 then 'STREET'
                                    when 12 then 'COMMUNITY' when 15 then 'GRID' when 17 then 'MICRO_GRID' end),
    exclude using gist (code with =, tstzrange(valid_from, valid_to) with &&)
);
comment on column grid.unit_version.area_km2 is 'On the ellipsoid, in square kilometres.';
comment on column grid.unit_version.population is 'Residents, a count.';
create index unit_version_by_place on grid.unit_version using gist (tier, boundary);
create index unit_version_current on grid.unit_version (tier, code) where valid_to is null;

create table grid.key_place (
    id         text primary key,
    kind       text not null check (kind in ('SCHOOL', 'HOSPITAL', 'CHEMICAL_PLANT', 'METRO_HUB', 'RESERVOIR')),
    name       text not null,
    location   geometry(Point, 4326) not null,
    provenance text not null check (provenance in ('SYNTHETIC', 'IMPORTED')),
    valid_from timestamptz not null,
    valid_to   timestamptz
);
create index key_place_by_place on grid.key_place using gist (location);

-- Staff appear by account, never by a person's name. A shift is a span of local time, every day.
create table grid.staff (
    account       text primary key,
    unit_code     text not null references grid.unit (code),
    duty          text not null check (duty in ('OPERATOR', 'GRID_WORKER')),
    shift_starts  time not null,
    shift_ends    time not null,
    provenance    text not null check (provenance in ('SYNTHETIC', 'IMPORTED'))
);
create index staff_by_unit on grid.staff (unit_code);

create view grid.unit_view as
    select v.code, u.tier, u.parent_code, v.name, v.population, v.boundary, v.representative_point, v.area_km2,
           v.provenance, v.map_version, v.valid_from, v.valid_to
    from grid.unit_version v join grid.unit u using (code);

create view grid.map_version_view as
    select id, effective_from, created_at, provenance, note from grid.map_version;

create view grid.key_place_view as
    select id, kind, name, location, provenance, valid_from, valid_to from grid.key_place;

create view grid.staff_view as
    select account, unit_code, duty, shift_starts, shift_ends, provenance from grid.staff;

grant select on grid.unit_view, grid.map_version_view, grid.key_place_view, grid.staff_view to city_brain_reader;
reset role;
