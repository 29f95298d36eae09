/**
 * Policies: the versions of each kind with their documents, and the commands on their way to dispatch-service, which decides. Reads
 * dispatch.policy_view.
 */
@NullMarked
package org.citybrain.api.policy;

import org.jspecify.annotations.NullMarked;
