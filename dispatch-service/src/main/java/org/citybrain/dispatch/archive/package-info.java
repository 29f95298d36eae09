/** What is over leaves the tables that are worked with: closed months go to the schema {@code archive}, the ledger's lines are summed up. The data's way ends here. */
@NullMarked
package org.citybrain.dispatch.archive;

import org.jspecify.annotations.NullMarked;
