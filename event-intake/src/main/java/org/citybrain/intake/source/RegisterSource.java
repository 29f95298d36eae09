package org.citybrain.intake.source;

import java.util.Map;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.messages.UnitCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Registers a source, or replaces what it is registered for. */
@Component
class RegisterSource {

    private final PostgresSources stored;
    private final RegisteredSources inMemory;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    RegisterSource(
            PostgresSources stored, RegisteredSources inMemory, AuditTrail audit, TransactionTemplate transaction) {
        this.stored = stored;
        this.inMemory = inMemory;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** True if it was not registered before. */
    boolean register(RegisteredSource source) {
        boolean isNew = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean unknown = stored.find(source.id()).isEmpty();
            stored.save(source);
            audit.write(AuditLine.done("source.put", source.id(), detail(source)));
            return unknown;
        }));
        inMemory.refresh();
        return isNew;
    }

    private static Map<String, ?> detail(RegisteredSource source) {
        return Map.of(
                "types", source.profile().types().stream().sorted().toList(),
                "datums", source.profile().datums().stream().sorted().toList(),
                "unitCodes",
                        source.profile().units().stream().map(UnitCode::digits).toList(),
                "clockTolerance", source.profile().clockTolerance().toString(),
                "reportsPerSecond", source.profile().reportsPerSecond());
    }
}
