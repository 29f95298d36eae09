/**
 * Whether a policy's document says something that can be carried out: first by its JSON Schema, then by what a schema cannot say.
 * Every mistake names its place, the value found and what was expected. The next stop is the draft that is stored, or its refusal.
 */
@NullMarked
package org.citybrain.dispatch.policy.check;

import org.jspecify.annotations.NullMarked;
