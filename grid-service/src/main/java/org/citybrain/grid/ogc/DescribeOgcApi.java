package org.citybrain.grid.ogc;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The definition of the API in OpenAPI 3.0: every collection with its own paths, since each has filters of its own. */
@Component
class DescribeOgcApi {

    static final String TITLE = "City Brain: the governance map";
    static final String DESCRIPTION =
            "The units of a city, from the city down to micro-grids, and the layers beside them, as of any time. Without `datetime`"
                    + " a collection holds what is in force now; an id is a unit's code, or a layer's own, so each stands once in it."
                    + " With an interval, of a unit or feature that changed within it the latest form is given. All positions are"
                    + " WGS-84.";

    private static final String PLACEHOLDER = "https://server.invalid/ogc";
    private static final String TOKEN = "bearer";
    private static final String PROBLEM = "application/problem+json";

    private final String text;

    DescribeOgcApi() {
        try {
            this.text = Json.mapper().writeValueAsString(describe());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the definition of the API cannot be written", impossible);
        }
    }

    /** @param root where this service is reached */
    byte[] json(String root) {
        // What an address may hold needs no escaping in JSON, apart from these.
        String escaped = root.replace("\\", "\\\\").replace("\"", "\\\"");
        return text.replace(PLACEHOLDER, escaped).getBytes(StandardCharsets.UTF_8);
    }

    private static OpenAPI describe() {
        OpenAPI api = new OpenAPI()
                .openapi("3.0.3")
                .info(new Info()
                        .title(TITLE)
                        .version("1.0.0")
                        .description(DESCRIPTION)
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url(PLACEHOLDER)))
                .addTagsItem(new Tag().name("Capabilities").description("What there is."))
                .addTagsItem(new Tag().name("Data").description("The features."))
                .components(components());
        api.path("/", open("getLandingPage", "The landing page", "LandingPage"));
        api.path("/conformance", open("getConformance", "What the API conforms to", "Conformance"));
        api.path("/api", definition());
        api.path(
                "/collections",
                read(
                        "listCollections",
                        "The collections of features",
                        "Capabilities",
                        Link.JSON,
                        "Collections",
                        List.of()));
        for (MapCollection collection : MapCollection.values()) {
            describe(api, collection);
        }
        return api;
    }

    private static void describe(OpenAPI api, MapCollection collection) {
        String name = camel(collection);
        String path = "/collections/" + collection.id();
        api.getComponents().addSchemas(name + "Feature", feature(collection));
        api.getComponents().addSchemas(name + "Page", page(name));
        api.path(
                path,
                read(
                        "describe" + name,
                        collection.title() + ": the collection",
                        "Capabilities",
                        Link.JSON,
                        "Collection",
                        List.of()));
        List<Parameter> parameters = new ArrayList<>(
                List.of(reference("limit"), reference("bbox"), reference("datetime"), reference("cursor")));
        collection.properties().stream()
                .filter(Property::filters)
                .map(property -> form(property.name())
                        .description("Only features with this " + property.name() + ". " + property.description())
                        .schema(schema(property)))
                .forEach(parameters::add);
        api.path(
                path + "/items",
                read("list" + name, collection.title() + ": features", "Data", Link.GEOJSON, name + "Page", parameters)
                        .description(collection.description()));
        Parameter id = new Parameter()
                .name("featureId")
                .in("path")
                .required(true)
                .description("The id of the feature.")
                .schema(new StringSchema());
        api.path(
                path + "/items/{featureId}",
                read(
                        "get" + name + "Feature",
                        collection.title() + ": one feature",
                        "Data",
                        Link.GEOJSON,
                        name + "Feature",
                        List.of(id, reference("datetime"))));
    }

    private static PathItem open(String id, String summary, String schema) {
        PathItem item = read(id, summary, "Capabilities", Link.JSON, schema, List.of());
        item.getGet().setSecurity(List.of());
        item.getGet().getResponses().remove("401");
        return item;
    }

    private static PathItem definition() {
        PathItem item = open("getDefinition", "This definition", "Definition");
        item.getGet()
                .getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("This definition.")
                                .content(new Content()
                                        .addMediaType(
                                                Link.OPEN_API, new MediaType().schema(new Schema<>().type("object")))));
        return item;
    }

    private static PathItem read(
            String id, String summary, String tag, String mediaType, String schema, List<Parameter> parameters) {
        Operation get = new Operation()
                .operationId(id)
                .summary(summary)
                .addTagsItem(tag)
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .responses(new ApiResponses()
                        .addApiResponse("200", answer(summary + ".", mediaType, schema))
                        .addApiResponse("400", new ApiResponse().$ref("#/components/responses/BadRequest"))
                        .addApiResponse("401", new ApiResponse().$ref("#/components/responses/NotSignedIn"))
                        .addApiResponse("404", new ApiResponse().$ref("#/components/responses/NotThere"))
                        .addApiResponse("503", new ApiResponse().$ref("#/components/responses/Busy")));
        parameters.forEach(get::addParametersItem);
        get.addParametersItem(reference(KnownParameters.FORMAT));
        return new PathItem().get(get);
    }

    private static Components components() {
        return new Components()
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("A token of the identity server, of any role."))
                .addParameters("limit", limit())
                .addParameters("bbox", bbox())
                .addParameters("datetime", datetime())
                .addParameters(
                        "cursor",
                        form("cursor")
                                .description("Where a page begins: as the `next` link of the page before has it.")
                                .schema(new StringSchema().maxLength(400)))
                .addParameters(
                        KnownParameters.FORMAT,
                        form(KnownParameters.FORMAT)
                                .description("The format; there is one.")
                                .schema(new StringSchema().addEnumItem("json")))
                .addResponses("BadRequest", problem("A parameter is wrong, or not one of this operation."))
                .addResponses("NotSignedIn", problem("Nobody is signed in."))
                .addResponses("NotThere", problem("There is no such collection or feature, or not as of that time."))
                .addResponses(
                        "Busy",
                        problem("Too much is asked at the same time, or the database does not answer: come again."))
                .addSchemas("Link", link())
                .addSchemas(
                        "LandingPage",
                        object("links")
                                .addProperty("title", string("The title."))
                                .addProperty("description", string("What it is."))
                                .addProperty("links", array("Link")))
                .addSchemas(
                        "Conformance",
                        object("conformsTo").addProperty("conformsTo", arrayOf(new StringSchema().format("uri"))))
                .addSchemas("Extent", extent())
                .addSchemas(
                        "Collection",
                        object("id", "links")
                                .addProperty("id", string("Its name in paths.").example("districts"))
                                .addProperty("title", string("Its title."))
                                .addProperty("description", string("What is in it."))
                                .addProperty("links", array("Link"))
                                .addProperty("extent", schemaReference("Extent"))
                                .addProperty(
                                        "itemType",
                                        string("What its items are.").example("feature"))
                                .addProperty("crs", arrayOf(new StringSchema().format("uri"))))
                .addSchemas(
                        "Collections",
                        object("links", "collections")
                                .addProperty("links", array("Link"))
                                .addProperty("collections", array("Collection")))
                .addSchemas("Geometry", geometry())
                .addSchemas("Problem", problemSchema());
    }

    private static Parameter limit() {
        IntegerSchema schema = new IntegerSchema();
        schema.setFormat(null);
        schema.setMinimum(BigDecimal.ONE);
        schema.setMaximum(BigDecimal.valueOf(ItemsRequest.LARGEST_LIMIT));
        schema.setDefault(ItemsRequest.DEFAULT_LIMIT);
        return form("limit")
                .description("How many features a page has at most; more than the maximum count as the maximum.")
                .schema(schema);
    }

    private static Parameter bbox() {
        Schema<?> schema = arrayOf(new Schema<>().type("number"));
        schema.setOneOf(List.of(
                new Schema<>().minItems(4).maxItems(4),
                new Schema<>().minItems(6).maxItems(6)));
        return form("bbox")
                .description(
                        "Only features that touch this box: west, south, east, north in degrees of WGS-84; with heights west, south,"
                                + " lowest, east, north, highest, the heights being left alone. Across the 180th meridian the west is"
                                + " larger than the east.")
                .schema(schema)
                .example(List.of(106.4, 29.5, 106.7, 29.7));
    }

    private static Parameter datetime() {
        return form("datetime")
                .description(
                        "Only features that hold at this time (RFC 3339), or at any time of this interval: `2026-07-01T00:00:00Z`,"
                                + " `2026-01-01T00:00:00Z/2026-07-01T00:00:00Z`, `../2026-07-01T00:00:00Z`,"
                                + " `2026-07-01T00:00:00Z/..`. Absent: now.")
                .schema(new StringSchema())
                .example("2026-07-01T00:00:00Z");
    }

    private static Schema<?> link() {
        return object("href", "rel", "type")
                .addProperty("href", string("Where it leads.").format("uri"))
                .addProperty("rel", string("How it is related.").example("next"))
                .addProperty("type", string("What is there.").example(Link.GEOJSON))
                .addProperty("title", string("What it is for people."));
    }

    private static Schema<?> extent() {
        Schema<?> spatial = object("bbox")
                .addProperty(
                        "bbox",
                        arrayOf(arrayOf(new Schema<>().type("number"))
                                        .minItems(4)
                                        .maxItems(6))
                                .minItems(1))
                .addProperty("crs", string("Of the box.").example(CollectionsEndpoint.CRS84));
        Schema<?> temporal = object("interval")
                .addProperty(
                        "interval",
                        arrayOf(arrayOf(new StringSchema().format("date-time").nullable(true))
                                        .minItems(2)
                                        .maxItems(2))
                                .minItems(1))
                .addProperty("trs", string("Of the interval."));
        return object().addProperty("spatial", spatial).addProperty("temporal", temporal);
    }

    private static Schema<?> geometry() {
        return object("type", "coordinates")
                .description("A GeoJSON geometry (RFC 7946).")
                .addProperty(
                        "type",
                        new StringSchema()
                                ._enum(List.of(
                                        "Point",
                                        "MultiPoint",
                                        "LineString",
                                        "MultiLineString",
                                        "Polygon",
                                        "MultiPolygon")))
                .addProperty("coordinates", arrayOf(new Schema<>()));
    }

    private static Schema<?> feature(MapCollection collection) {
        Schema<?> properties =
                object(collection.properties().stream().map(Property::name).toArray(String[]::new));
        collection
                .properties()
                .forEach(property -> properties.addProperty(
                        property.name(),
                        schema(property)
                                .description(property.description())
                                .nullable(property.always() ? null : Boolean.TRUE)));
        return object("type", "id", "geometry", "properties")
                .addProperty("type", new StringSchema().addEnumItem("Feature"))
                .addProperty("id", string("Unique in the collection."))
                .addProperty("geometry", schemaReference("Geometry"))
                .addProperty("properties", properties)
                .addProperty("links", array("Link"));
    }

    private static Schema<?> page(String name) {
        return object("type", "features", "numberMatched", "numberReturned", "timeStamp", "links")
                .addProperty("type", new StringSchema().addEnumItem("FeatureCollection"))
                .addProperty("features", array(name + "Feature"))
                .addProperty(
                        "numberMatched", new IntegerSchema().format("int64").minimum(BigDecimal.ZERO))
                .addProperty(
                        "numberReturned", new IntegerSchema().format("int64").minimum(BigDecimal.ZERO))
                .addProperty("timeStamp", new StringSchema().format("date-time"))
                .addProperty("links", array("Link"));
    }

    private static Schema<?> problemSchema() {
        return object("status", "detail", "reason")
                .description("A problem document (RFC 9457).")
                .addProperty("title", string("What kind of problem."))
                .addProperty("status", new IntegerSchema().format(null).example(400))
                .addProperty("detail", string("What is wrong, and what was expected."))
                .addProperty("instance", string("The path that was asked for."))
                .addProperty("reason", string("One word for programs.").example("BAD_BBOX"))
                .addProperty("parameter", string("Which parameter."))
                .addProperty("value", string("What it was.").nullable(true))
                .addProperty("expected", string("What it should have been."));
    }

    private static Schema<?> schema(Property property) {
        return switch (property.type()) {
            case "date-time" -> new StringSchema().format("date-time").example(property.example());
            case "int64" -> new IntegerSchema().format("int64").example(Long.valueOf(property.example()));
            case "number" -> new Schema<>().type("number").example(new BigDecimal(property.example()));
            case "array" -> arrayOf(new StringSchema()).example(List.of(property.example()));
            default -> {
                StringSchema string = new StringSchema();
                property.values().forEach(string::addEnumItem);
                yield string.example(property.example());
            }
        };
    }

    private static Parameter form(String name) {
        return new Parameter()
                .name(name)
                .in("query")
                .required(false)
                .style(Parameter.StyleEnum.FORM)
                .explode(false);
    }

    private static Parameter reference(String name) {
        return new Parameter().$ref("#/components/parameters/" + name);
    }

    private static ApiResponse answer(String description, String mediaType, String schema) {
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(mediaType, new MediaType().schema(schemaReference(schema))));
    }

    private static ApiResponse problem(String description) {
        return answer(description, PROBLEM, "Problem");
    }

    private static Schema<?> object(String... required) {
        Schema<?> schema = new Schema<>().type("object");
        if (required.length > 0) {
            schema.setRequired(List.of(required));
        }
        return schema;
    }

    private static StringSchema string(String description) {
        StringSchema schema = new StringSchema();
        schema.setDescription(description);
        return schema;
    }

    private static Schema<?> array(String schema) {
        return arrayOf(schemaReference(schema));
    }

    private static Schema<?> arrayOf(Schema<?> items) {
        Schema<?> array = new Schema<>();
        array.setType("array");
        array.setItems(items);
        return array;
    }

    private static Schema<?> schemaReference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static String camel(MapCollection collection) {
        StringBuilder camel = new StringBuilder();
        for (String word : collection.id().split("-", -1)) {
            camel.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return camel.toString();
    }
}
