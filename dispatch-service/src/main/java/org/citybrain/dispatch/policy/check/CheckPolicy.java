package org.citybrain.dispatch.policy.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whether a document can be a policy of its kind, with all of its mistakes at once, up to fifty. */
public final class CheckPolicy {

    private CheckPolicy() {}

    /** @param kind {@code grading}, {@code routing}, {@code correlation} or {@code item-catalogue} */
    public static List<Mistake> check(String kind, JsonNode document, OtherPolicies others) {
        Mistakes mistakes = new Mistakes();
        new CheckShape(mistakes).check(document);
        if (!mistakes.isEmpty()) {
            // What is too deep or has no finite numbers is not looked at any further.
            return mistakes.all();
        }
        PolicySchemas.check(kind, document, mistakes);
        KnownTypes types = KnownTypes.of(others.catalogue().document());
        switch (kind) {
            case "grading" -> new CheckGrading(types, mistakes).check(document);
            case "routing" -> new CheckRouting(mistakes).check(document);
            case "correlation" -> new CheckCorrelation(types, mistakes).check(document);
            case "item-catalogue" -> {
                new CheckCatalogue(mistakes).check(document);
                checkUsed(document, types, others, mistakes);
                checkOthers(document, others, mistakes);
            }
            default -> throw new IllegalArgumentException("there is no policy of the kind " + kind);
        }
        return mistakes.all();
    }

    /** A type may not vanish while an incident of it is open or a source is registered to report it. */
    private static void checkUsed(JsonNode document, KnownTypes before, OtherPolicies others, Mistakes mistakes) {
        KnownTypes after = KnownTypes.of(document);
        List<String> gone = new ArrayList<>();
        for (JsonNode type : others.catalogue().document().path("types")) {
            String code = type.path("code").asStringOpt().orElse("");
            if (after.categoryOf(code) == null && before.categoryOf(code) != null) {
                gone.add(code);
            }
        }
        if (gone.isEmpty()) {
            return;
        }
        Map<String, String> used = others.usedTypes().apply(gone);
        used.forEach((code, by) -> mistakes.addAlso(new Mistake(
                "/types",
                code + " is not there any more",
                MistakeReason.IN_USE,
                code + " to stay: it is used by " + by)));
    }

    /** What the grading table and the correlation policy in force say of types must still hold. */
    private static void checkOthers(JsonNode document, OtherPolicies others, Mistakes mistakes) {
        KnownTypes after = KnownTypes.of(document);
        Mistakes ofGrading = new Mistakes();
        new CheckGrading(after, ofGrading).check(others.grading().document());
        contradicts("grading", others.grading().version(), ofGrading, mistakes);
        Mistakes ofCorrelation = new Mistakes();
        new CheckCorrelation(after, ofCorrelation).check(others.correlation().document());
        contradicts("correlation", others.correlation().version(), ofCorrelation, mistakes);
    }

    private static void contradicts(String kind, int version, Mistakes found, Mistakes mistakes) {
        for (Mistake mistake : found.all()) {
            mistakes.addAlso(new Mistake(
                    "/types",
                    mistake.value(),
                    MistakeReason.CONTRADICTION,
                    "types that go with " + kind + " policy " + version + ", which is in force: there " + mistake.path()
                            + " needs " + mistake.expected()));
        }
    }
}
