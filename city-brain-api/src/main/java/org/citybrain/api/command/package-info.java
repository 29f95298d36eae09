/**
 * {@code POST /v1/incidents/{id}/…}: what people command of incidents. Whether the person sees the incident is asked here; all else is
 * checked and done by dispatch-service, whose answers and refusals come back as they are.
 */
@NullMarked
package org.citybrain.api.command;

import org.jspecify.annotations.NullMarked;
