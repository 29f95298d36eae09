package org.citybrain.grid.ogc;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.citybrain.grid.RunningGridService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The abstract tests A.2.2 to A.2.4, and those of the OpenAPI 3.0 class, one by one. */
class OgcDefinitionTest extends RunningGridService {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void the_landing_page_links_to_all_that_there_is() throws Exception {
        for (String path : List.of("/ogc", "/ogc/")) {
            HttpResponse<String> page = ask(path);
            JsonNode links = JsonMapper.shared().readTree(page.body()).get("links");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(links.valueStream().map(link -> link.get("rel").asString()))
                    .containsExactlyInAnyOrder("self", "service-desc", "conformance", "data");
            for (JsonNode link : links) {
                HttpResponse<String> linked =
                        askSignedIn(URI.create(link.get("href").asString()));
                assertThat(linked.statusCode()).as("%s", link).isEqualTo(200);
                assertThat(linked.headers().firstValue("Content-Type"))
                        .contains(link.get("type").asString());
                assertThat(link.get("title").asString()).isNotBlank();
            }
        }
    }

    @Test
    void what_it_conforms_to() throws Exception {
        JsonNode conformance =
                JsonMapper.shared().readTree(ask("/ogc/conformance").body());

        assertThat(conformance.get("conformsTo").valueStream().map(JsonNode::asString))
                .containsExactly(
                        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
                        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
                        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson");
    }

    @Test
    void the_definition_is_a_valid_openapi_3_0() throws Exception {
        HttpResponse<String> definition = ask("/ogc/api");
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(definition.body(), List.of(), options);

        assertThat(definition.headers().firstValue("Content-Type"))
                .contains("application/vnd.oai.openapi+json;version=3.0");
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.0.3");
        assertThat(parsed.getOpenAPI().getServers().getFirst().getUrl()).isEqualTo(address() + "/ogc");
        assertThat(parsed.getOpenAPI().getPaths()).hasSize(4 + 3 * 11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "city",
                "districts",
                "streets",
                "communities",
                "grids",
                "micro-grids",
                "key-places",
                "devices",
                "responsibility-areas",
                "online-grids",
                "watch-areas"
            })
    void the_parameters_of_every_collection_are_those_of_the_standard(String collection) throws Exception {
        JsonNode api = JsonMapper.shared().readTree(ask("/ogc/api").body());
        JsonNode items =
                api.get("paths").get("/collections/" + collection + "/items").get("get");

        assertThat(items.get("parameters")
                        .valueStream()
                        .map(parameter -> parameter.path("$ref").asString("")))
                .contains(
                        "#/components/parameters/limit",
                        "#/components/parameters/bbox",
                        "#/components/parameters/datetime");
        assertThat(items.at("/responses/200/content").has("application/geo+json"))
                .isTrue();
        assertThat(items.get("responses").has("400")).isTrue();
        assertThat(items.at("/security/0").has("bearer")).isTrue();
        for (String name : List.of("limit", "bbox", "datetime")) {
            JsonNode parameter = api.at("/components/parameters/" + name);
            assertThat(parameter.get("in").asString()).isEqualTo("query");
            assertThat(parameter.get("required").asBoolean()).isFalse();
            assertThat(parameter.get("style").asString()).isEqualTo("form");
            assertThat(parameter.get("explode").asBoolean()).isFalse();
        }
        assertThat(api.at("/components/parameters/limit/schema").toString()).isEqualTo("""
                        {"maximum":10000,"minimum":1,"type":"integer","default":100}""");
        assertThat(api.at("/components/parameters/bbox/schema/type").asString()).isEqualTo("array");
        assertThat(api.at("/components/parameters/bbox/schema/items/type").asString())
                .isEqualTo("number");
        assertThat(api.at("/components/parameters/bbox/schema/oneOf/0/minItems").asInt())
                .isEqualTo(4);
        assertThat(api.at("/components/parameters/bbox/schema/oneOf/1/maxItems").asInt())
                .isEqualTo(6);
        assertThat(api.at("/components/parameters/datetime/schema/type").asString())
                .isEqualTo("string");
    }

    @Test
    void what_the_service_is_anyone_may_read_and_what_it_holds_whoever_is_signed_in() throws Exception {
        for (String path : List.of("/ogc", "/ogc/conformance", "/ogc/api")) {
            assertThat(ask(path).statusCode()).isEqualTo(200);
        }
        for (String path : List.of(
                "/ogc/collections",
                "/ogc/collections/city",
                "/ogc/collections/city/items",
                "/ogc/collections/city/items/50")) {
            HttpResponse<String> answer = ask(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-Proto: https, X-Forwarded-Host: map.example.org                             | https://map.example.org/ogc
            X-Forwarded-Proto: https, X-Forwarded-Host: map.example.org, X-Forwarded-Port: 8443     | https://map.example.org:8443/ogc
            X-Forwarded-Proto: https, X-Forwarded-Host: map.example.org, X-Forwarded-Prefix: /brain | https://map.example.org/brain/ogc
            Forwarded: proto=https;host=map.example.org                                             | https://map.example.org/ogc
            """)
    void links_lead_back_through_a_proxy(String headers, String root) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address() + "/ogc/collections/grids/items?limit=2"))
                .header("Authorization", "Bearer " + ADMINISTRATOR);
        for (String header : headers.split(", ", -1)) {
            String[] parts = header.split(": ", 2);
            request.header(parts[0], parts[1]);
        }
        JsonNode page = JsonMapper.shared()
                .readTree(CLIENT.send(request.build(), BodyHandlers.ofString()).body());

        assertThat(page.get("links").valueStream().map(link -> link.get("href").asString()))
                .hasSize(3)
                .allSatisfy(href -> assertThat(href).startsWith(root + "/collections/grids"));
        assertThat(page.at("/links/0/href").asString()).isEqualTo(root + "/collections/grids/items?limit=2");
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-Host, a b\"<c>", "X-Forwarded-Prefix, //evil.example.org", "X-Forwarded-Prefix, /a\"b"})
    void a_forwarded_address_that_is_none_is_refused(String header, String value) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(address() + "/ogc"))
                        .header(header, value)
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ogc",
                "/ogc/conformance",
                "/ogc/api",
                "/ogc/collections",
                "/ogc/collections/city",
                "/ogc/collections/city/items",
                "/ogc/collections/city/items/50"
            })
    void head_is_answered_as_get_is_without_a_body(String path) throws Exception {
        HttpResponse<String> head = CLIENT.send(
                HttpRequest.newBuilder(URI.create(address() + path))
                        .header("Authorization", "Bearer " + ADMINISTRATOR)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type"))
                .isEqualTo(askSignedIn(URI.create(address() + path)).headers().firstValue("Content-Type"));
    }

    private HttpResponse<String> ask(String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(address() + path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> askSignedIn(URI uri) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + ADMINISTRATOR)
                        .build(),
                BodyHandlers.ofString());
    }
}
