/**
 * The registered sources and the incident types: kept in PostgreSQL, held in memory for {@code admit}, which asks for them
 * with every report.
 */
@NullMarked
package org.citybrain.intake.source;

import org.jspecify.annotations.NullMarked;
