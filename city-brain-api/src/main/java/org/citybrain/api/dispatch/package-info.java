/**
 * The way to dispatch-service, the only writer of incidents, tasks and policies. What a person commands here is checked, passed on
 * with the person's own token, and decided there; its refusals come back as they are.
 */
@NullMarked
package org.citybrain.api.dispatch;

import org.jspecify.annotations.NullMarked;
