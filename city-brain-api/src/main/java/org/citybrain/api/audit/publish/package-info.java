/** Anchors the head of the audit trail where whoever can change the database cannot change it: on a topic of Kafka. */
@NullMarked
package org.citybrain.api.audit.publish;

import org.jspecify.annotations.NullMarked;
