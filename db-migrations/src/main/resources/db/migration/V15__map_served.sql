-- The map as it is drawn: each tier simplified for the zooms that show it, and what tells a reader that a tile is still good.
set role city_brain_grid;

-- One tier of one version of the map, simplified as a whole for all zooms up to one.
create table grid.tile_level (
    id            bigint generated always as identity primary key,
    map_version   bigint not null references grid.map_version (id) on delete cascade,
    tier          text not null check (tier in ('CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID', 'MICRO_GRID')),
    to_zoom       integer not null check (to_zoom between 0 and 22),
    rendition     integer not null,
    done          boolean not null default false,
    claimed_until timestamptz,
    unique (map_version, tier, to_zoom, rendition)
);
comment on column grid.tile_level.rendition is 'Grows when the service simplifies in another way; what an older one has drawn is drawn again.';
comment on column grid.tile_level.claimed_until is 'An instance is at it until then, by the clock of the database; afterwards another one may go on.';

create table grid.tile_unit (
    level      bigint not null references grid.tile_level (id) on delete cascade,
    code       text not null,
    name       text not null,
    population bigint not null,
    boundary   geometry(Geometry, 3857) not null,
    primary key (level, code)
);
comment on table grid.tile_unit is 'Borders in web Mercator, simplified. Made out of grid.unit_version; can be made again at any time.';
create index tile_unit_by_place on grid.tile_unit using gist (level, boundary);

-- Grows with every change of a layer, in the transaction of the change: who has read it before the features has never seen more
-- than it says.
create table grid.layer_change (
    layer  text primary key,
    change bigint not null
);

create function grid.note_layer_change() returns trigger
    language plpgsql as $$
begin
    insert into grid.layer_change as c (layer, change)
    select distinct layer, 1 from changed order by layer
    on conflict (layer) do update set change = c.change + 1;
    return null;
end
$$;

create function grid.note_layers_emptied() returns trigger
    language plpgsql as $$
begin
    update grid.layer_change set change = change + 1;
    return null;
end
$$;

create trigger layer_feature_inserted after insert on grid.layer_feature
    referencing new table as changed for each statement execute function grid.note_layer_change();
create trigger layer_feature_deleted after delete on grid.layer_feature
    referencing old table as changed for each statement execute function grid.note_layer_change();
create trigger layer_feature_updated after update on grid.layer_feature
    referencing new table as changed for each statement execute function grid.note_layer_change();
create trigger layer_features_emptied after truncate on grid.layer_feature
    for each statement execute function grid.note_layers_emptied();

insert into grid.layer_change (layer, change)
select layer, 1 from grid.layer_feature group by layer;

-- When something of a layer last began or ended.
create index layer_feature_began on grid.layer_feature (layer, valid_from);
create index layer_feature_ended on grid.layer_feature (layer, valid_to) where valid_to is not null;

-- A tier in the order of its codes, as of any time, read and counted without its geometry. Whoever wants only what holds now
-- finds that here as well.
create index unit_version_in_order on grid.unit_version (tier, code, valid_from desc) include (valid_to, map_version);
drop index grid.unit_version_current;

-- An outer join, which is left out where nobody asks for the parent: counting 310,000 units takes a fifth of the time.
create or replace view grid.unit_view as
    select v.code, v.tier, u.parent_code, v.name, v.population, v.boundary, v.representative_point, v.area_km2,
           v.provenance, v.map_version, v.valid_from, v.valid_to, v.former_code
    from grid.unit_version v left join grid.unit u using (code)
    where v.map_version in (select m.id from grid.map_version m where m.status = 'PUBLISHED');

reset role;
