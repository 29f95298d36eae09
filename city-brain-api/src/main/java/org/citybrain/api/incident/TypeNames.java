package org.citybrain.api.incident;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What an incident type is called. Null where the item catalogue in force does not hold the type any more. */
public record TypeNames(
        @JsonProperty("zh-CN") @Nullable String chinese,
        @JsonProperty("en") @Nullable String english) {}
