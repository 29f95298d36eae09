/**
 * What lies below any endpoint: errors of the servlet container are problem documents as well, and a body that nobody reads
 * to its end does not hold its connection for ever. Nothing goes on from here.
 */
@NullMarked
package org.citybrain.access.container;

import org.jspecify.annotations.NullMarked;
