/** How fine the lines of the ledger are: the same at both of its ends, and for whoever holds them against each other. */
@NullMarked
package org.citybrain.messages.ledger;

import org.jspecify.annotations.NullMarked;
