/**
 * Layers beside the units: key places, devices, areas that departments answer for, online grids and watch areas, each thing with
 * its own times, kept by administrators.
 *
 * <p>{@link org.citybrain.grid.layer.LayerEndpoint} takes a feature, {@link org.citybrain.grid.layer.ReadFeature} says what is
 * wrong with it, {@link org.citybrain.grid.layer.FeatureTimes} what a change does to its times,
 * {@link org.citybrain.grid.layer.PostgisLayerChanges} writes that. Its next stop is {@code grid.layer_feature_view}, from which
 * tiles, collections and dispatch-service's picture of an incident are made.
 */
@NullMarked
package org.citybrain.grid.layer;

import org.jspecify.annotations.NullMarked;
