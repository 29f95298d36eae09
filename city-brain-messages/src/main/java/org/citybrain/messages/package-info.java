/**
 * The contract shared by all services: topics, messages, tiers and codes. Depends on no service and no framework.
 */
@NullMarked
package org.citybrain.messages;

import org.jspecify.annotations.NullMarked;
