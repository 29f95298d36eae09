package org.citybrain.dispatch.command;

import org.jspecify.annotations.Nullable;

/** The body of a command that says all by its name. */
public record MaySayWhy(@Nullable String reason) implements Order {}
