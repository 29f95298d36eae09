/** Tables for spreadsheets. */
@NullMarked
package org.citybrain.api.csv;

import org.jspecify.annotations.NullMarked;
