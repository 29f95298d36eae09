/**
 * {@code /v1/policies/{kind}/{version}/rehearsals}: what a policy version would have decided over a period. dispatch-service replays;
 * here it is asked for, and shown out of dispatch's view.
 */
@NullMarked
package org.citybrain.api.rehearsal;

import org.jspecify.annotations.NullMarked;
