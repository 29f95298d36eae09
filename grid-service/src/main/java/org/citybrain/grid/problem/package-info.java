/** What callers are told when a request cannot be answered: RFC 9457 problem documents with one {@code reason} each. */
@NullMarked
package org.citybrain.grid.problem;

import org.jspecify.annotations.NullMarked;
