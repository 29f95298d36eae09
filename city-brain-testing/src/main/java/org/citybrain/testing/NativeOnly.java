package org.citybrain.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that is about this machine's own servers: skipped, with its reason, where the tests run in containers. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface NativeOnly {

    /** Why containers would prove nothing here. */
    String value();
}
