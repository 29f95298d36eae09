-- Runs after every migration: the passwords come from the environment, so a rotation needs no new migration.
alter role city_brain_intake   password ${city_brain_intake_password};
alter role city_brain_grid     password ${city_brain_grid_password};
alter role city_brain_dispatch password ${city_brain_dispatch_password};
alter role city_brain_api      password ${city_brain_api_password};
alter role city_brain_identity password ${city_brain_identity_password};

-- Row-level security lets an index be used only with operators that cannot tell anything of the rows they pass over. A
-- comparison of two boxes cannot; PostGIS does not say so itself, and an update of the extension forgets it.
do $$
begin
    alter function geometry_overlaps(geometry, geometry) leakproof;
exception when insufficient_privilege then
    raise warning 'only a superuser may mark geometry_overlaps as leakproof: a bbox reads whole partitions until one does';
end
$$;
