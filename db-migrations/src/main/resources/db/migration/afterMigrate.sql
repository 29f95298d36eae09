-- Runs after every migration: the passwords come from the environment, so a rotation needs no new migration.
alter role city_brain_intake   password ${city_brain_intake_password};
alter role city_brain_grid     password ${city_brain_grid_password};
alter role city_brain_dispatch password ${city_brain_dispatch_password};
alter role city_brain_api      password ${city_brain_api_password};
alter role city_brain_identity password ${city_brain_identity_password};
