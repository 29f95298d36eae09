/**
 * Policies: versioned documents on their way from a draft to the moment from which they are in force, and in memory for those who
 * decide by them. People's changes come in by {@code PolicyEndpoint}, are checked by {@code check}, and are stored in dispatch.policy;
 * from there {@code PostgresPolicies} reads what is in force, what will be, and what open incidents were opened with. The next stop is
 * the pipeline.
 */
@NullMarked
package org.citybrain.dispatch.policy;

import org.jspecify.annotations.NullMarked;
