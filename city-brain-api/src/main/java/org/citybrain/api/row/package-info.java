/** How rows are read into the types of the contract. */
@NullMarked
package org.citybrain.api.row;

import org.jspecify.annotations.NullMarked;
