/**
 * The policies in force: versioned documents read from the database.
 */
@NullMarked
package org.citybrain.dispatch.policy;

import org.jspecify.annotations.NullMarked;
