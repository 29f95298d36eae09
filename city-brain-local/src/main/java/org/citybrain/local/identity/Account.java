package org.citybrain.local.identity;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.citybrain.access.Role;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * Somebody, or another system, that may sign in.
 *
 * @param unit the account sees and acts on this unit and all below it; none sees nothing
 * @param department for {@link Role#DEPARTMENT}: whose tasks and check-ins the account sees
 * @param updatedAt when it was last changed; what was signed in before gets no further token
 */
record Account(
        @Schema(example = "street-operator") String name,
        SortedSet<Role> roles,

        @Schema(type = "string", example = "500103001") @Nullable
        UnitCode unit,

        @Schema(example = "500103-urban-management") @Nullable
        String department,

        boolean enabled,
        Provenance provenance,
        Instant updatedAt) {

    enum Provenance {
        /** Made up for the demo city. */
        SYNTHETIC,
        /** Registered by an administrator. */
        REGISTERED
    }

    Account {
        roles = new TreeSet<>(roles);
    }
}
