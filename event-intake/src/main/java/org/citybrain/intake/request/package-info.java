/** What endpoints read their requests with, strictly: bodies of administrators, and the names of query parameters. */
@NullMarked
package org.citybrain.intake.request;

import org.jspecify.annotations.NullMarked;
