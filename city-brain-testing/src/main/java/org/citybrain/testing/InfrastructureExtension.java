package org.citybrain.testing;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.util.Optional;
import java.util.stream.Stream;
import org.citybrain.infrastructure.CannotStart;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Tests on real servers, whichever there are: JUnit finds this by itself in every module that has this one on its class
 * path.
 *
 * <ul>
 *   <li>{@code -Dcity-brain.test.infrastructure=native} takes PostgreSQL with PostGIS as installed on this machine and runs
 *       Kafka in the JVM of the tests; {@code containers} takes both from Testcontainers. Without it, native where PostGIS
 *       is installed, else containers where a Docker engine answers.
 *   <li>Which it is, is printed once per JVM, when a test first asks {@link Infrastructure} for a server.
 *   <li>When all tests are done, the servers are stopped.
 *   <li>Where there are none, each class that asks for one fails once, with the sentence that says what to do.
 *   <li>What is {@link NativeOnly} is skipped in containers.
 * </ul>
 */
public final class InfrastructureExtension
        implements ExecutionCondition,
                BeforeAllCallback,
                LifecycleMethodExecutionExceptionHandler,
                TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(InfrastructureExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return findAnnotation(context.getElement(), NativeOnly.class)
                .filter(nativeOnly -> ServerKind.ofThisJvm() == ServerKind.CONTAINERS)
                .map(nativeOnly -> ConditionEvaluationResult.disabled("not in containers: " + nativeOnly.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("runs on any servers"));
    }

    /** The class is initialised here, where its databases are made: later, each of its tests would fail, each in its own way. */
    @Override
    public void beforeAll(ExtensionContext context) {
        ServerKind.requireKnown();
        context.getRoot().getStore(NAMESPACE).computeIfAbsent(Infrastructure.class, key -> Infrastructure.shared());
        Class<?> tests = context.getRequiredTestClass();
        try {
            Class.forName(tests.getName(), true, tests.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        } catch (LinkageError failure) {
            findReason(failure).ifPresent(cannotStart -> {
                throw cannotStart;
            });
            throw failure;
        }
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reasonOf(failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reasonOf(failure);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reasonOf(failure);
    }

    private static Throwable reasonOf(Throwable failure) {
        return findReason(failure).map(Throwable.class::cast).orElse(failure);
    }

    /** A server that cannot start may show itself in many guises, the last of them a class that is not there. */
    private static Optional<CannotStart> findReason(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(CannotStart.class::isInstance)
                .map(CannotStart.class::cast)
                .findFirst()
                .or(() -> failure instanceof NoClassDefFoundError
                        ? Infrastructure.shared().failure()
                        : Optional.empty());
    }
}
