package org.citybrain.dispatch.consume;

/** Reads the governance map again where there is a newer version. */
@FunctionalInterface
public interface RenewMap {

    /** @return whether there is a map at all */
    boolean renew();
}
