package org.citybrain.api.describe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Says of every field of an answer whether it is always there and whether it may be null, as its record says it. */
@Component
class DescribeRecords implements OpenApiCustomizer {

    private final RequestMappingHandlerMapping endpoints;

    DescribeRecords(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void customise(OpenAPI api) {
        Map<String, Class<?>> records = new LinkedHashMap<>();
        endpoints
                .getHandlerMethods()
                .values()
                .forEach(endpoint -> collect(ResolvableType.forMethodReturnType(endpoint.getMethod()), records));
        records.forEach((name, record) -> {
            Schema<?> schema = api.getComponents().getSchemas().get(name);
            if (schema != null) {
                describe(schema, record);
            }
        });
    }

    private static void collect(ResolvableType type, Map<String, Class<?>> records) {
        Class<?> raw = type.resolve(Object.class);
        if (raw.isRecord() && records.putIfAbsent(schemaName(type), raw) == null) {
            for (RecordComponent component : raw.getRecordComponents()) {
                collect(ResolvableType.forType(component.getGenericType(), type), records);
            }
        }
        Arrays.stream(type.getGenerics()).forEach(generic -> collect(generic, records));
    }

    private static String schemaName(ResolvableType type) {
        Class<?> raw = type.resolve(Object.class);
        var named = raw.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return named != null && !named.name().isEmpty()
                ? named.name()
                : raw.getSimpleName()
                        + Arrays.stream(type.getGenerics())
                                .map(DescribeRecords::schemaName)
                                .collect(Collectors.joining());
    }

    private static void describe(Schema<?> schema, Class<?> record) {
        JsonInclude inclusion = record.getAnnotation(JsonInclude.class);
        boolean absentWhenNull = inclusion != null && inclusion.value() == JsonInclude.Include.NON_NULL;
        for (RecordComponent component : record.getRecordComponents()) {
            Method accessor = component.getAccessor();
            if (accessor.isAnnotationPresent(JsonUnwrapped.class)) {
                describe(schema, component.getType());
                continue;
            }
            JsonProperty renamed = accessor.getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!nullable || !absentWhenNull) {
                schema.addRequiredItem(name);
            }
            if (nullable && !absentWhenNull) {
                allowNull(schema.getProperties().get(name));
            }
        }
    }

    private static void allowNull(@Nullable Schema<?> property) {
        if (property == null || property.getTypes() == null) {
            return;
        }
        Set<String> types = new LinkedHashSet<>(property.getTypes());
        types.add("null");
        property.setTypes(types);
        if (property.getEnum() != null) {
            property.addEnumItemObject(null);
        }
    }
}
