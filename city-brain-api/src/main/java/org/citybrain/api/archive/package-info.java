/** What is not here any more: ids of archived months. The data's next stop is the problem that says so. */
@NullMarked
package org.citybrain.api.archive;

import org.jspecify.annotations.NullMarked;
