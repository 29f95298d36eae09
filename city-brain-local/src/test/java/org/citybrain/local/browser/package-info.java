/** The pages in a real browser, against the whole running system. */
@NullMarked
package org.citybrain.local.browser;

import org.jspecify.annotations.NullMarked;
