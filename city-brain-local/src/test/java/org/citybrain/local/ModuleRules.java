package org.citybrain.local;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules that keep the modules apart. A rule that finds nothing to guard fails.
 *
 * @param root the package that the modules lie in: {@code org.citybrain}, or that of the bad examples
 */
record ModuleRules(String root) {

    private static final List<String> SERVICES = List.of("intake", "grid", "dispatch", "api");
    private static final List<String> STEPS =
            List.of("consume", "locate", "correlate", "grade", "route", "store", "publish");

    private static final Set<String> RUN_SQL = Set.of(
            "org.springframework.jdbc.core.simple.JdbcClient",
            "org.springframework.jdbc.core.JdbcTemplate",
            "org.springframework.jdbc.core.JdbcOperations",
            "org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate",
            "java.sql.Connection",
            "java.sql.Statement",
            "java.sql.PreparedStatement",
            "org.postgresql.copy.CopyManager");

    /** A service imports itself, the contract, the guard and libraries; only {@code local} sees several services. */
    ArchRule a_service_imports_only_itself_and_the_contract() {
        return all(
                SERVICES.stream(),
                service -> noClasses()
                        .that(liveIn(service))
                        .should()
                        .dependOnClassesThat(liveIn("")
                                .and(not(liveIn(service)))
                                .and(not(liveIn("messages")))
                                .and(not(liveIn("access")))));
    }

    /** The contract stands on its own: no service, no framework. */
    ArchRule the_contract_imports_no_service_and_no_framework() {
        return noClasses()
                .that(liveIn("messages"))
                .should()
                .dependOnClassesThat(
                        liveIn("").and(not(liveIn("messages"))).or(resideInAPackage("org.springframework..")));
    }

    /** The data flow one way: a step knows those before it, never one after it. */
    ArchRule a_step_of_dispatch_knows_no_later_step() {
        return all(
                STEPS.subList(1, STEPS.size() - 1).stream(),
                step -> noClasses()
                        .that(liveIn("dispatch." + step))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(STEPS.stream()
                                .skip(STEPS.indexOf(step) + 1L)
                                .map(later -> in("dispatch." + later))
                                .toArray(String[]::new))));
    }

    /** A grade must be explainable and replayable by itself. */
    ArchRule grading_imports_only_the_jdk_and_the_contract() {
        return classes()
                .that(liveIn("dispatch.grade"))
                .should()
                .onlyDependOnClassesThat(liveIn("dispatch.grade")
                        .or(liveIn("messages"))
                        .or(resideInAnyPackage("java..", "org.jspecify..")));
    }

    /** What runs SQL is found by its name. Reading rows that such a class hands out is not running SQL. */
    ArchRule sql_stands_only_in_classes_named_for_it() {
        return noClasses()
                .that(areOfAService().and(not(areNamedForSql())))
                .should()
                .dependOnClassesThat(describe("run SQL", type -> RUN_SQL.contains(type.getFullName())));
    }

    /**
     * A topic's partition as a mere name of a place is no Kafka; nor is the wiring of the steps in a service's
     * configuration.
     */
    ArchRule kafka_is_met_only_where_messages_come_in_or_go_out() {
        return noClasses()
                .that(areOfAService()
                        .and(not(resideInAnyPackage("..consume..", "..publish..", "..live..")))
                        .and(not(describe(
                                "wire a service",
                                type -> topLevel(type).getSimpleName().endsWith("Configuration")))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
                        .and(not(describe(
                                "name a partition",
                                type -> type.getFullName().equals("org.apache.kafka.common.TopicPartition")))));
    }

    ArchRule no_package_or_class_is_a_drawer() {
        return noClasses()
                .that(liveIn(""))
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..dto..", "..controller..")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl");
    }

    private DescribedPredicate<JavaClass> areOfAService() {
        return resideInAnyPackage(SERVICES.stream().map(this::in).toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> areNamedForSql() {
        return describe("are named for SQL", type -> {
            String name = topLevel(type).getSimpleName();
            return name.startsWith("Postgres") || name.startsWith("Postgis") || name.endsWith("Queries");
        });
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ModuleRules::topLevel).orElse(type);
    }

    private DescribedPredicate<JavaClass> liveIn(String module) {
        return resideInAPackage(in(module));
    }

    private String in(String module) {
        return root + (module.isEmpty() ? "" : ".") + module + "..";
    }

    private static ArchRule all(Stream<String> names, Function<String, ArchRule> rule) {
        return CompositeArchRule.of(new ArrayList<>(names.map(rule).toList()));
    }
}
