-- A department's areas: asked for by the department, and looked up when one is removed.
set role city_brain_grid;
create index layer_feature_of_department on grid.layer_feature (department_code, id) where department_code is not null;
reset role;
