package org.citybrain.access.limit;

/** A principal that may be allowed fewer requests than others of its kind. */
public interface OwnRate {

    /** Counts where it is lower than the rate of {@link LimitSettings}. */
    Rate requests();
}
