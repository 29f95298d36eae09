-- 66,000 features of the full city: the constraint that no two of one id hold at once took two thirds of the time to write them,
-- because a GiST index of long texts is slow to search. It asks the same of a number made from layer and id.
set role city_brain_grid;

alter table grid.layer_feature drop constraint layer_feature_once;
alter table grid.layer_feature add constraint layer_feature_once exclude using gist (
    (hashtextextended(layer || ' ' || id, 0)) with =, tstzrange(valid_from, valid_to) with &&);
comment on constraint layer_feature_once on grid.layer_feature is
    'By a hash of 64 bits: that any two of a million ids share one has a chance of one in forty million.';

reset role;
