package org.citybrain.dispatch.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.PolicySchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The policies that came with the system, each with one mistake put in. */
class CheckPolicyTest {

    static final List<String> KINDS = PolicySchema.KINDS;

    private final Map<String, String> used = new HashMap<>();

    @ParameterizedTest
    @FieldSource("KINDS")
    void what_came_with_the_system_is_valid(String kind) {
        assertThat(check(kind, SeededPolicies.json(kind))).isEmpty();
    }

    /** {@code becomes}: the new value at that place, {@code nothing} takes it away, and {@code /-} at the end of a list adds to it. */
    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # kind          | at                                | becomes                                     | path                              | reason            | value      | expected
            grading         | /axes/0/axis                      | "PEOPEL"                                    | /axes/0/axis                      | UNKNOWN_VALUE     | PEOPEL     | one of PEOPLE, AREA, DEATHS, SERIOUS_INJURIES, LOSS
            grading         | /axes/0/axis                      | "DEFAULT_LEVEL"                             | /axes/0/axis                      | UNKNOWN_VALUE     | DEFAULT_LEVEL | one of PEOPLE
            grading         | /axes/0/axis                      | nothing                                     | /axes/0/axis                      | MISSING           |            | a value
            grading         | /axes/0/category                  | "EVERYDAY"                                  | /axes/0/category                  | UNKNOWN_VALUE     | EVERYDAY   | one of NATURAL_DISASTER
            grading         | /axes/0/thresholds/II             | 1000                                        | /axes/0/thresholds/II             | OVERLAPPING_BANDS | 1000       | less than the lower bound of level I, 1000
            grading         | /axes/0/thresholds/III            | 501                                         | /axes/0/thresholds/III            | OVERLAPPING_BANDS | 501        | less than the lower bound of level II, 500
            grading         | /axes/0/thresholds/III            | -1                                          | /axes/0/thresholds/III            | OUT_OF_RANGE      | -1         | more than 0
            grading         | /axes/0/thresholds/III            | 0                                           | /axes/0/thresholds/III            | OUT_OF_RANGE      | 0          | more than 0
            grading         | /axes/0/thresholds/I              | 1e999                                       | /axes/0/thresholds/I              | OUT_OF_RANGE      | Infinity   | a finite number
            grading         | /axes/0/thresholds/I              | "1000"                                      | /axes/0/thresholds/I              | WRONG_TYPE        | 1000       | number
            grading         | /axes/0/thresholds/I              | nothing                                     | /axes/0/thresholds/I              | MISSING           |            | a value
            grading         | /axes/0/thresholds/IV             | 1                                           | /axes/0/thresholds/IV             | UNKNOWN_FIELD     | 1          | only fields
            grading         | /axes/0/source                    | ""                                          | /axes/0/source                    | MISSING           |            | at least 1
            grading         | /axes/1/types/0                   | "fire.wood"                                 | /axes/1/types/0                   | UNKNOWN_TYPE      | fire.wood  | a type of the item catalogue
            grading         | /axes/2/types/1                   | "wether.*"                                  | /axes/2/types/1                   | UNKNOWN_TYPE      | wether.*   | a type of the item catalogue
            grading         | /axes/2/types/1                   | "Weather.*"                                 | /axes/2/types/1                   | WRONG_FORM        | Weather.*  | text of the form
            grading         | /axes/1/types/0                   | "fire.building"                             | /axes/1/types/0                   | WRONG_CATEGORY    | fire.building | NATURAL_DISASTER
            grading         | /axes/1/types/0                   | "flood.river-level"                         | /axes/2                           | DUPLICATE         | an object  | one row for AREA of flood.river-level, which /axes/1 has
            grading         | /axes/9/axis                      | "PEOPLE"                                    | /axes/9                           | DUPLICATE         | an object  | one row for PEOPLE of SOCIAL_SAFETY, which /axes/8 has
            grading         | /axes/9/category                  | nothing                                     | /axes/9                           | DUPLICATE         | an object  | one row for AREA of ACCIDENT, which /axes/5 has
            grading         | /axes/6                           | nothing                                     | /axes                             | UNGRADED          | a list     | PEOPLE of PUBLIC_HEALTH
            grading         | /axes/0/types                     | ["flood.*"]                                 | /axes                             | UNGRADED          | a list     | PEOPLE of NATURAL_DISASTER
            grading         | /keyPlace/raisesByLevels          | -1                                          | /keyPlace/raisesByLevels          | OUT_OF_RANGE      | -1         | at least 0
            grading         | /uncorroborated/opensAt           | "V"                                         | /uncorroborated/opensAt           | UNKNOWN_VALUE     | V          | one of I, II, III, IV
            grading         | /scope                            | nothing                                     | /scope                            | MISSING           |            | a value
            routing         | /rules/R2                         | nothing                                     | /rules/R2                         | MISSING           |            | a value
            routing         | /rules/V                          | {}                                          | /rules/V                          | UNKNOWN_FIELD     | an object  | only fields
            routing         | /rules/IV/commandingTier          | "PROVINCE"                                  | /rules/IV/commandingTier          | UNKNOWN_VALUE     | PROVINCE   | one of CITY, DISTRICT, STREET, COMMUNITY, GRID
            routing         | /rules/IV/tasks/4/tier            | "MICRO_GRID"                                | /rules/IV/tasks/4/tier            | UNKNOWN_VALUE     | MICRO_GRID | one of CITY
            routing         | /rules/IV/commandingTier          | "STREET"                                    | /rules/IV/tasks/1/role            | WRONG_ORDER       | COMMAND    | the command at the commanding tier, STREET
            routing         | /rules/IV/tasks/1                 | nothing                                     | /rules/IV/tasks                   | MISSING           | a list     | a task with the role COMMAND for DISTRICT
            routing         | /rules/IV/tasks/0/role            | "EXECUTE"                                   | /rules/IV/tasks/0/role            | WRONG_ORDER       | EXECUTE    | NOTIFY above the commanding tier
            routing         | /rules/II/tasks/1/role            | "EXECUTE"                                   | /rules/II/tasks/2/role            | WRONG_ORDER       | COORDINATE | roles from the city down
            routing         | /rules/II/tasks/3/tier            | "STREET"                                    | /rules/II/tasks/3/tier            | DUPLICATE         | STREET     | each tier once
            routing         | /rules/II/tasks/3/tier            | "DISTRICT"                                  | /rules/II/tasks/3/tier            | WRONG_ORDER       | DISTRICT   | from the city down
            routing         | /rules/II/tasks/1/acknowledgeMinutes | nothing                                  | /rules/II/tasks/1/acknowledgeMinutes | MISSING        |            | work is given
            routing         | /rules/II/tasks/1/acknowledgeMinutes | 0                                        | /rules/II/tasks/1/acknowledgeMinutes | OUT_OF_RANGE   | 0          | at least 1
            routing         | /rules/IV/tasks/0/acknowledgeMinutes | 5                                        | /rules/IV/tasks/0/acknowledgeMinutes | UNKNOWN_FIELD  | 5          | a notice needs no answer
            routing         | /rules/II/tasks/1/digest          | true                                        | /rules/II/tasks/1/digest          | UNKNOWN_FIELD     | true       | only a notice
            routing         | /rules/III/resolveMinutes         | 0                                           | /rules/III/resolveMinutes         | OUT_OF_RANGE      | 0          | at least 1
            routing         | /rules/III/resolveMinutes         | 1.5                                         | /rules/III/resolveMinutes         | WRONG_TYPE        | 1.5        | integer
            routing         | /sliverShare                      | 1                                           | /sliverShare                      | OUT_OF_RANGE      | 1          | less than 1
            routing         | /whistle                          | {"checkInMinutes":{"R4":30}}                | /whistle/checkInMinutes/R4        | UNKNOWN_FIELD     | 30         | only fields
            routing         | /whistle                          | {"checkInMinutes":{"R3":0}}                 | /whistle/checkInMinutes/R3        | OUT_OF_RANGE      | 0          | at least 1
            routing         | /whistle                          | {"points":{"onTime":100,"late":50,"absent":0,"ineffective":30}} | /whistle/points/ineffective | OUT_OF_RANGE | 30 | at most 0
            routing         | /whistle                          | {"points":{"onTime":40,"late":50,"absent":0,"ineffective":-30}} | /whistle/points/late | OUT_OF_RANGE | 50 | at most onTime, 40
            routing         | /sliverShare                      | -0.01                                       | /sliverShare                      | OUT_OF_RANGE      | -0.01      | at least 0
            correlation     | /goesTogether                     | [["fire.building","gas.leek"]]              | /goesTogether/0/1                 | UNKNOWN_TYPE      | gas.leek   | a type of the item catalogue
            correlation     | /goesTogether                     | [["fire.building","gas.leak"],["gas.leak","power.outage"]] | /goesTogether/1/0  | LOOP              | gas.leak   | a type in one group only: it stands at /goesTogether/0/1
            correlation     | /goesTogether                     | [["gas.leak","gas.leak"]]                   | /goesTogether/0/1                 | DUPLICATE         | gas.leak   | each type once
            correlation     | /goesTogether                     | [["gas.leak"]]                              | /goesTogether/0                   | MISSING           | a list     | at least 2
            correlation     | /goesTogether                     | [["fire.building","fire.forest"]]           | /goesTogether/0/1                 | WRONG_CATEGORY    | fire.forest | ACCIDENT, not of NATURAL_DISASTER
            correlation     | /mergeableForDays                 | 0                                           | /mergeableForDays                 | OUT_OF_RANGE      | 0          | at least 1
            correlation     | /mergeableForDays                 | 91                                          | /mergeableForDays                 | OUT_OF_RANGE      | 91         | at most 90
            correlation     | /distances                        | [{"types":["fire.*"],"meters":0,"minutes":9,"source":"x"}]      | /distances/0/meters  | OUT_OF_RANGE  | 0      | more than 0
            correlation     | /distances                        | [{"types":["fire.*"],"meters":20001,"minutes":9,"source":"x"}]  | /distances/0/meters  | OUT_OF_RANGE  | 20001  | at most 20000
            correlation     | /distances                        | [{"types":["fire.*"],"meters":9,"minutes":43201,"source":"x"}]  | /distances/0/minutes | OUT_OF_RANGE  | 43201  | at most 43200
            correlation     | /distances                        | [{"types":["fire.*"],"meters":900,"minutes":9,"wandersMeters":899,"source":"x"}] | /distances/0/wandersMeters | OUT_OF_RANGE | 899 | at least meters, 900
            correlation     | /distances                        | [{"types":["fire.*"],"meters":9,"minutes":9,"source":"x"},{"types":["fire.forest"],"meters":9,"minutes":9,"source":"x"}] | /distances/1/types/0 | DUPLICATE | fire.forest | which /distances/0/types/0 has
            correlation     | /distances                        | [{"types":["fyre.*"],"meters":9,"minutes":9,"source":"x"}]      | /distances/0/types/0 | UNKNOWN_TYPE  | fyre.* | a type of the item catalogue
            correlation     | /distances                        | [{"types":["fire.*"],"meters":9,"minutes":9}]                   | /distances/0/source  | MISSING       |        | a value
            item-catalogue  | /types/1/code                     | "flood.waterlogging"                        | /types/1/code                     | DUPLICATE         | flood.waterlogging | /types/0 has it
            item-catalogue  | /types/0/code                     | "Flood"                                     | /types/0/code                     | WRONG_FORM        | Flood      | text of the form
            item-catalogue  | /types/0/board                    | "SPORTS"                                    | /types/0/board                    | UNKNOWN_VALUE     | SPORTS     | one of PARTY_BUILDING, ECONOMIC_DEVELOPMENT, SAFETY_AND_RULE_OF_LAW, LIVELIHOOD
            item-catalogue  | /types/0/names/zh-CN              | nothing                                     | /types/0/names/zh-CN              | MISSING           |            | a value
            item-catalogue  | /types/0/names/en                 | "  "                                        | /types/0/names/en                 | WRONG_FORM        |            | text of the form
            item-catalogue  | /types/0/defaultLevel             | nothing                                     | /types/0/defaultLevel             | MISSING           |            | an emergency has a level
            item-catalogue  | /types/0/defaultScope             | "R1"                                        | /types/0/defaultScope             | UNKNOWN_FIELD     | R1         | an emergency has a level, no scope
            item-catalogue  | /types/17/defaultLevel            | "IV"                                        | /types/17/defaultLevel            | UNKNOWN_FIELD     | IV         | an everyday matter has a scope, no level
            item-catalogue  | /types/0/correlationMeters        | -1                                          | /types/0/correlationMeters        | OUT_OF_RANGE      | -1         | more than 0
            item-catalogue  | /types/0/correlationMinutes       | 1e9                                         | /types/0/correlationMinutes       | OUT_OF_RANGE      | 1.0E9      | at most 43200
            item-catalogue  | /types/0/defaultPeople            | -5                                          | /types/0/defaultPeople            | OUT_OF_RANGE      | -5         | at least 0
            item-catalogue  | /types/3                          | nothing                                     | /types                            | CONTRADICTION     | fire.forest | grading policy 1, which is in force: there /axes/1/types/0 needs
            """)
    void a_mistake_is_refused_with_its_place(
            String kind, String at, String becomes, String path, MistakeReason reason, String value, String expected) {
        JsonNode document = SeededPolicies.json(kind);
        put(document, at, becomes);

        List<Mistake> mistakes = check(kind, document);

        Mistake mistake = mistakes.stream()
                .filter(m -> m.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(mistakes));
        assertThat(mistake.reason()).as("%s", mistakes).isEqualTo(reason);
        assertThat(mistake.expected()).contains(expected);
        if (value == null) {
            assertThat(String.valueOf(mistake.value())).isIn("null", "", "  ");
        } else {
            assertThat(String.valueOf(mistake.value()).replace("\"", "")).startsWith(value);
        }
    }

    @Test
    void all_mistakes_are_named_at_once_each_place_once() {
        JsonNode document = SeededPolicies.json("grading");
        put(document, "/axes/0/axis", "\"PEOPEL\"");
        put(document, "/axes/3/thresholds/II", "-1");
        put(document, "/axes/10/thresholds/III", "10");

        // The misspelt row is also missing as the general row of its category, and a negative bound is no band below
        // another.
        assertThat(check("grading", document).stream().map(m -> m.path() + " " + m.reason()))
                .containsExactlyInAnyOrder(
                        "/axes/0/axis UNKNOWN_VALUE",
                        "/axes/3/thresholds/II OUT_OF_RANGE",
                        "/axes/3/thresholds/III OVERLAPPING_BANDS",
                        "/axes/10/thresholds/III OVERLAPPING_BANDS",
                        "/axes UNGRADED");
    }

    @Test
    void no_more_than_fifty_are_named() {
        ObjectNode document = SeededPolicies.json("item-catalogue");
        for (JsonNode type : document.path("types")) {
            put(type, "/board", "\"SPORTS\"");
            put(type, "/defaultPeople", "-1");
            put(type, "/correlationMeters", "0");
        }
        assertThat(check("item-catalogue", document)).hasSize(50);
    }

    @Test
    void a_type_that_is_used_may_not_vanish() {
        JsonNode document = SeededPolicies.json("item-catalogue");
        put(document, "/types/23", "nothing");
        assertThat(check("item-catalogue", document)).isEmpty();

        used.put("service.dispute", "3 open incidents");
        assertThat(check("item-catalogue", document)).singleElement().satisfies(mistake -> {
            assertThat(mistake.reason()).isEqualTo(MistakeReason.IN_USE);
            assertThat(mistake.expected()).isEqualTo("service.dispute to stay: it is used by 3 open incidents");
        });
    }

    @Test
    void a_new_type_may_come() {
        JsonNode document = SeededPolicies.json("item-catalogue");
        put(document, "/types/-", """
            {"code": "weather.hail", "category": "NATURAL_DISASTER", "names": {"zh-CN": "冰雹", "en": "Hail"}, "board": "LIVELIHOOD",
             "defaultPeople": 5, "defaultAreaSquareKilometers": 0.1, "defaultLevel": "IV", "correlationMeters": 500,
             "correlationMinutes": 60, "delegable": true, "keyPlaceRaises": true}\
            """);
        assertThat(check("item-catalogue", document)).isEmpty();
    }

    @Test
    void a_hostile_document_is_refused_without_harm() {
        assertThat(check("grading", json("{}"))).extracting(Mistake::path).contains("/axes", "/keyPlace", "/scope");
        assertThat(check("grading", json("{\"axes\": 7, \"rules\": [null]}"))).isNotEmpty();
        assertThat(check(
                        "routing",
                        json("{\"rules\": {\"I\": {\"tasks\": [7, null, {}], \"commandingTier\": \"CITY\"}}}")))
                .isNotEmpty();
        assertThat(check("correlation", json("{\"goesTogether\": [7, [8, null]], \"distances\": {\"a\": [1]}}")))
                .isNotEmpty();
        assertThat(check("item-catalogue", json("{\"types\": [null, 7, [], {\"code\": 5}]}")))
                .isNotEmpty();

        String deep = "[".repeat(200) + "]".repeat(200);
        assertThat(check("grading", json("{\"axes\": " + deep + "}")))
                .extracting(Mistake::reason)
                .containsExactly(MistakeReason.TOO_LARGE);
        String wide = "[" + "1,".repeat(60_000) + "1]";
        assertThat(check("grading", json("{\"axes\": " + wide + "}")))
                .extracting(Mistake::reason)
                .containsExactly(MistakeReason.TOO_LARGE);

        JsonNode withLongCode = SeededPolicies.json("grading");
        put(withLongCode, "/axes/1/types/0", "\"" + "a.".repeat(100_000) + "a\"");
        assertThat(check("grading", withLongCode).stream().map(m -> m.path() + " " + m.reason()))
                .containsExactly("/axes/1/types/0 TOO_LARGE");

        JsonNode withNul = SeededPolicies.json("grading");
        put(withNul, "/axes/0/source", "\"a\\u0000b\"");
        put(withNul, "/axes/1/source", "\"\\ud800\"");
        assertThat(check("grading", withNul).stream().map(m -> m.path() + " " + m.reason()))
                .containsExactly("/axes/0/source NOT_STORABLE", "/axes/1/source NOT_STORABLE");

        JsonNode withLongName = SeededPolicies.json("grading");
        ((ObjectNode) withLongName).put("x".repeat(100_000), 1);
        assertThat(check("grading", withLongName)).singleElement().satisfies(mistake -> {
            assertThat(mistake.reason()).isEqualTo(MistakeReason.UNKNOWN_FIELD);
            assertThat(mistake.path()).hasSizeLessThan(300);
        });
    }

    private List<Mistake> check(String kind, JsonNode document) {
        return CheckPolicy.check(
                kind,
                document,
                new OtherPolicies(
                        new OtherPolicies.InForce(1, SeededPolicies.json("item-catalogue")),
                        new OtherPolicies.InForce(1, SeededPolicies.json("grading")),
                        new OtherPolicies.InForce(1, SeededPolicies.json("correlation")),
                        this::usedOf));
    }

    private Map<String, String> usedOf(Collection<String> types) {
        Map<String, String> found = new HashMap<>(used);
        found.keySet().retainAll(types);
        return found;
    }

    private static JsonNode json(String text) {
        return MessageJson.MAPPER.readTree(text);
    }

    private static void put(JsonNode document, String at, String becomes) {
        JsonPointer place = JsonPointer.compile(at);
        JsonNode parent = document.at(place.head());
        String last = place.last().getMatchingProperty();
        JsonNode value = becomes.equals("nothing") ? null : json(becomes);
        if (parent instanceof ArrayNode list) {
            if (value == null) {
                list.remove(Integer.parseInt(last));
            } else if (last.equals("-")) {
                list.add(value);
            } else {
                list.set(Integer.parseInt(last), value);
            }
        } else if (value == null) {
            ((ObjectNode) parent).remove(last);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }
}
