package org.citybrain.dispatch.command;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.citybrain.access.Person;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.springframework.stereotype.Component;

/** Sees to it that a command is carried out once, however often it comes: its key, its kept answer and its audit line are one transaction with it. */
@Component
class AnswerOnce {

    private final PostgresCommandKeys keys;
    private final PostgresTransactions transactions;
    private final AuditTrail audit;

    AnswerOnce(PostgresCommandKeys keys, PostgresTransactions transactions, AuditTrail audit) {
        this.keys = keys;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** Answers as the first time where the command was carried out before; else carries it out. Commits synchronously. */
    Commanded answer(CommandKey key, Supplier<CarriedOut> carryOut) {
        while (true) {
            try {
                return transactions.answerCommand(() -> {
                    keys.lock(key);
                    Commanded before = keys.find(key);
                    return before != null ? before : keep(key, carryOut.get());
                });
            } catch (ChangedMeanwhile e) {
                // What was locked may not be what it concerns now. Each turn means that another command was carried
                // out, or that another policy came into force.
            }
        }
    }

    /**
     * The version that a person has decided on.
     *
     * @throws CommandRefused where it is the one after a command that was not carried out
     */
    int decidedOn(CommandHeaders headers, Person person, Subject subject) {
        if (headers.version() != null) {
            return headers.version();
        }
        String after = Objects.requireNonNull(headers.afterKey());
        return keys.findVersionAfter(person.name(), after, subject.id())
                .orElseThrow(() -> CommandRefused.conflict(
                        "PREVIOUS_NOT_DONE",
                        "no command of " + person.name() + " with the key " + after + " was carried out on "
                                + subject.name(),
                        after,
                        "the Idempotency-Key of a command on it that was, within 7 days"));
    }

    private Commanded keep(CommandKey key, CarriedOut done) {
        Subject subject = done.subject();
        keys.keep(key, subject, done.answer(), done.decidedAt());
        audit.write(AuditLine.done(
                subject.kind().noun() + "." + done.answer().command(), subject.id(), done.auditDetail()));
        return done.answer();
    }

    /**
     * What was done.
     *
     * @param subject after it
     * @param auditDetail what the audit line tells beside who, what and when
     */
    record CarriedOut(Commanded answer, Subject subject, Instant decidedAt, Map<String, Object> auditDetail) {}

    /** Between the look at what is to be locked and the locks, another command on the incident was carried out, or another policy came into force. */
    static final class ChangedMeanwhile extends RuntimeException {

        private static final long serialVersionUID = 1;

        ChangedMeanwhile() {
            super(null, null, false, false);
        }
    }
}
