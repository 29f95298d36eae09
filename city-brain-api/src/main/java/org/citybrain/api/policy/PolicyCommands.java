package org.citybrain.api.policy;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** dispatch-service's internal commands on policies. */
@HttpExchange("/internal/policies/{kind}")
interface PolicyCommands {

    /** @param dryRun true: nothing is stored */
    @PostExchange
    PolicyCheck check(@PathVariable String kind, @RequestParam boolean dryRun, @RequestBody Draft draft);

    @PostExchange
    Changed draft(@PathVariable String kind, @RequestBody Draft draft);

    @PutExchange("/{version}")
    Changed change(
            @PathVariable String kind,
            @PathVariable int version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Draft draft);

    @DeleteExchange("/{version}")
    Changed withdraw(
            @PathVariable String kind,
            @PathVariable int version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch);

    @PostExchange("/{version}/approve")
    Changed approve(
            @PathVariable String kind,
            @PathVariable int version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Approval approval);

    /** Which version was changed. */
    record Changed(String kind, int version) {}
}
