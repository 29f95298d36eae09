/** {@code /v1/me}: who is signed in, for the page and for whoever wonders why they see so little. */
@NullMarked
package org.citybrain.api.person;

import org.jspecify.annotations.NullMarked;
