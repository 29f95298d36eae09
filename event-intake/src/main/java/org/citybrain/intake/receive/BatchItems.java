package org.citybrain.intake.receive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a batch into its items, byte by byte and without reading them, so that an item which is not JSON does not hurt its
 * neighbours.
 */
interface BatchItems {

    /** The next item; null at the end. What is wrong with the batch itself comes as the last item. */
    @Nullable
    BatchItem next() throws IOException;
}
