/**
 * The front door of operators and grid workers: reads what the other services have stored, by their views, and passes
 * people's decisions on to dispatch-service. One package per thing asked for: {@code report}, {@code incident}, {@code
 * task}, {@code ledger}, {@code parked}; beside them what they share: {@code request} (parameters and pages), {@code
 * problem} (every refusal), {@code unit} (names), {@code live} (how far the topics reach).
 */
@NullMarked
package org.citybrain.api;

import org.jspecify.annotations.NullMarked;
