/** What the lists have in common: their parameters, read strictly, and their pages. */
@NullMarked
package org.citybrain.api.request;

import org.jspecify.annotations.NullMarked;
