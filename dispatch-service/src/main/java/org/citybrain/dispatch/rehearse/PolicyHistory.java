package org.citybrain.dispatch.rehearse;

import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.policy.CorrelationPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.jspecify.annotations.Nullable;

/** The policy versions that incidents were decided with; null where one is not there any more. Asked by several threads. */
interface PolicyHistory {

    @Nullable
    GradingPolicy grading(int version);

    @Nullable
    RoutingPolicy routing(int version);

    @Nullable
    CorrelationPolicy correlation(int version);

    @Nullable
    ItemCatalogue catalogue(int version);
}
