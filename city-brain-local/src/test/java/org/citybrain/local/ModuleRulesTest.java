package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModuleRulesTest {

    private static final String FIXTURE = "org.citybrain.local.fixture";

    private static final JavaClasses ALL_MODULES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.citybrain");
    private static final JavaClasses BAD_EXAMPLES = new ClassFileImporter().importPackages(FIXTURE);

    static Stream<String> rules() {
        return Arrays.stream(ModuleRules.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == ArchRule.class && method.getParameterCount() == 0)
                .map(java.lang.reflect.Method::getName)
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void every_module_keeps_the_rule(String rule) throws Exception {
        rule("org.citybrain", rule).check(ALL_MODULES);
    }

    /** Each rule finds its bad example, so it can fail. */
    @ParameterizedTest
    @CsvSource({
        "a_service_imports_only_itself_and_the_contract, intake.receive.AsksTheMap",
        "the_contract_imports_no_service_and_no_framework, messages.KnowsAService",
        "a_step_of_dispatch_knows_no_later_step, dispatch.locate.LooksAhead",
        "grading_imports_only_the_jdk_and_the_contract, dispatch.grade.GradesWithAFramework",
        "sql_stands_only_in_classes_named_for_it, api.incident.ReadsTheDatabase",
        "kafka_is_met_only_where_messages_come_in_or_go_out, api.incident.SendsMessages",
        "no_package_or_class_is_a_drawer, api.util.Text",
        "no_package_or_class_is_a_drawer, api.incident.IncidentManager",
    })
    void a_bad_example_breaks_the_rule(String rule, String example) throws Exception {
        var result = rule(FIXTURE, rule).allowEmptyShould(true).evaluate(BAD_EXAMPLES);

        assertThat(result.getFailureReport().getDetails())
                .anyMatch(violation -> violation.contains(FIXTURE + "." + example));
    }

    private static ArchRule rule(String root, String name) throws Exception {
        return (ArchRule) ModuleRules.class.getDeclaredMethod(name).invoke(new ModuleRules(root));
    }
}
