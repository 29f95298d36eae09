/**
 * How the chain does, in figures: one definition each ({@link org.citybrain.api.overview.OverviewQueries}, {@code docs/overview.md}),
 * used by whoever shows them. Nothing is stored: what is answered is counted from incidents, tasks and timelines.
 */
@NullMarked
package org.citybrain.api.overview;

import org.jspecify.annotations.NullMarked;
