package org.citybrain.dispatch.policy;

import java.util.List;
import org.citybrain.dispatch.policy.check.Mistake;
import org.jspecify.annotations.Nullable;

/** Why a person's change of a policy is not carried out. Nothing was done. */
final class PolicyRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final PolicyReason reason;
    private final @Nullable String value;
    private final @Nullable String expected;
    private final transient List<Mistake> mistakes;

    PolicyRefusal(PolicyReason reason, String what, @Nullable String value, String expected) {
        super(what + ": expected " + expected, null, false, false);
        this.reason = reason;
        this.value = value;
        this.expected = expected;
        this.mistakes = List.of();
    }

    PolicyRefusal(PolicyKind kind, List<Mistake> mistakes) {
        super(
                "the document is no valid " + kind.key() + " policy, " + mistakes.size()
                        + (mistakes.size() == 1 ? " mistake: " : " mistakes, the first: ")
                        + mistakes.getFirst(),
                null,
                false,
                false);
        this.reason = PolicyReason.INVALID_POLICY;
        this.value = null;
        this.expected = null;
        this.mistakes = List.copyOf(mistakes);
    }

    PolicyReason reason() {
        return reason;
    }

    @Nullable
    String value() {
        return value;
    }

    @Nullable
    String expected() {
        return expected;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }
}
