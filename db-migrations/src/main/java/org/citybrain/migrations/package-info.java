/** Brings a database to the newest schema. The tables themselves are in {@code src/main/resources/db/migration}. */
@NullMarked
package org.citybrain.migrations;

import org.jspecify.annotations.NullMarked;
