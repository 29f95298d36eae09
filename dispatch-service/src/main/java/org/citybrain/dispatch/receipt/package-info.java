/**
 * Who was told, and who could not be: city-brain-api keeps receipts in an outbox of its own ({@code api.receipt_view}); here they become
 * lines of the incidents' timelines. Nobody is asked over HTTP, so nothing is lost while one of the two services is away.
 */
@NullMarked
package org.citybrain.dispatch.receipt;

import org.jspecify.annotations.NullMarked;
