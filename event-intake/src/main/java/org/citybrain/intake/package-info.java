/**
 * event-intake: takes reports, judges whether they are admissible, and publishes them. The data goes {@code receive → admit
 * → publish}; beside it {@code source} and {@code map} keep what the gate judges by, and {@code consume} keeps the account
 * of both topics.
 */
@NullMarked
package org.citybrain.intake;

import org.jspecify.annotations.NullMarked;
