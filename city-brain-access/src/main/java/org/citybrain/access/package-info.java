/**
 * Who calls, and what they may do: the same in every service. A request comes in through {@link
 * org.citybrain.access.ProtectService}, its token is read into a {@link org.citybrain.access.Person}, and whoever may not go
 * on is answered by {@link org.citybrain.access.AnswerRefusal}. What was done and what was refused is written by {@link
 * org.citybrain.access.audit.AuditTrail}.
 */
@NullMarked
package org.citybrain.access;

import org.jspecify.annotations.NullMarked;
