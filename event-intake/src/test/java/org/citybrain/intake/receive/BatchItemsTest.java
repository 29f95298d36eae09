package org.citybrain.intake.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.citybrain.messages.MessageJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BatchItemsTest {

    private static final int MOST_ITEM_BYTES = 100_000;
    private static final int MOST_BYTES = 1_000_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                           | ``",
                "[ ]                          | ``",
                "[1]                          | 1",
                "[1, 2]                       | 1;2",
                "[{\"a\": [1, 2]}, {\"b\":{}}] | {\"a\": [1, 2]};{\"b\":{}}",
                "[\"a,]\\\"b\", 2]            | \"a,]\\\"b\";2",
                "[1,,2]                       | 1;;2",
                "[1,]                         | 1;",
                "[{\"a\":1]},2]               | {\"a\":1]};2",
                "[}, 2]                       | };2",
                "[1, {\"a\": [                | 1;MALFORMED",
                "[1, 2                        | 1;MALFORMED",
                "[1,                          | 1;MALFORMED",
                "[                            | MALFORMED",
                "[1] x                        | 1;MALFORMED",
                "[1, \"open string}, 2]       | 1;MALFORMED",
            })
    void an_array_is_cut_where_its_elements_end(String body, String items) throws IOException {
        assertThat(String.join(";", cutArray(stream(body)))).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|``",
                "a|a",
                "a\\nb|a;b",
                "a\\nb\\n|a;b",
                "\\n\\na\\n \\t\\n\\nb\\n\\n|a;b",
                "{\"a\":\\n1}|{\"a\":;1}"
            })
    void lines_are_items_and_blank_lines_are_not(String body, String items) throws IOException {
        String text = body.replace("\\n", "\n").replace("\\t", "\t");

        assertThat(String.join(";", cutLines(stream(text), MOST_BYTES))).isEqualTo(items);
    }

    @Property
    void whatever_array_comes_in_whatever_pieces_its_elements_are_found(
            @ForAll("arrays") String array, @ForAll @IntRange(min = 1, max = 200) int piece) throws IOException {
        JsonNode tree = MessageJson.MAPPER.readTree(array);

        List<String> items = cutArray(inPieces(array, piece));

        assertThat(items.stream().map(MessageJson.MAPPER::readTree)).containsExactlyElementsOf(tree.values());
    }

    @Test
    void an_item_that_is_too_large_does_not_hurt_its_neighbours() throws IOException {
        String large = "\"" + "x".repeat(MOST_ITEM_BYTES) + "\"";
        String largest = "\"" + "y".repeat(MOST_ITEM_BYTES - 2) + "\"";

        assertThat(cutArray(stream("[1," + large + "," + largest + ",2]")))
                .containsExactly("1", "PAYLOAD_TOO_LARGE", largest, "2");
        assertThat(cutLines(stream("1\n" + large + "\n" + largest + "\n2"), MOST_BYTES))
                .containsExactly("1", "PAYLOAD_TOO_LARGE", largest, "2");
    }

    @Test
    void of_a_body_that_is_too_large_the_items_before_its_limit_count() throws IOException {
        // Eleven items of 100,000 bytes: ten, or nine with the brackets and commas, fit below a million.
        String item = "\"" + "x".repeat(99_990) + "\"";

        List<String> ofArray = cutArray(stream("[" + String.join(",", Collections.nCopies(11, item)) + "]"));
        List<String> ofLines = cutLines(stream(String.join("\n", Collections.nCopies(11, item))), MOST_BYTES);

        assertThat(ofArray).hasSize(11).endsWith("PAYLOAD_TOO_LARGE").startsWith(item);
        assertThat(ofLines).hasSize(11).endsWith("PAYLOAD_TOO_LARGE").startsWith(item);
    }

    @Test
    void a_body_of_exactly_the_largest_size_is_read_to_its_end() throws IOException {
        String body = "1\n".repeat(500);

        assertThat(cutLines(stream(body), 1_000)).hasSize(500).doesNotContain("PAYLOAD_TOO_LARGE");
        assertThat(cutLines(stream(body), 999)).hasSize(500).endsWith("PAYLOAD_TOO_LARGE");
    }

    @Test
    void what_does_not_begin_with_a_bracket_is_no_array() throws IOException {
        for (String body : List.of("", " ", "{}", "1", "\"[\"")) {
            assertThat(JsonArrayItems.open(bytes(stream(body), MOST_BYTES), MOST_BYTES))
                    .isNull();
        }
    }

    @Provide
    Arbitrary<String> arrays() {
        Arbitrary<Object> texts = Arbitraries.strings().ofMaxLength(30).map(s -> s + "\"\\,[]{}");
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                texts,
                Arbitraries.integers().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        Arbitrary<Object> objects = Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), leaves)
                .ofMaxSize(4)
                .asGeneric();
        Arbitrary<Object> elements =
                Arbitraries.oneOf(leaves, objects, objects.list().ofMaxSize(3).asGeneric());
        return elements.list()
                .ofMaxSize(20)
                .flatMap(list -> Arbitraries.of(
                        MessageJson.MAPPER.writeValueAsString(list),
                        MessageJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(list)));
    }

    private static List<String> cutArray(InputStream body) throws IOException {
        return cut(JsonArrayItems.open(bytes(body, MOST_BYTES), MOST_BYTES));
    }

    private static List<String> cutLines(InputStream body, long mostBytes) throws IOException {
        return cut(new NdjsonItems(bytes(body, mostBytes), mostBytes));
    }

    private static BatchBytes bytes(InputStream body, long mostBytes) {
        return new BatchBytes(body, MOST_ITEM_BYTES, mostBytes);
    }

    private static List<String> cut(BatchItems items) throws IOException {
        List<String> cut = new ArrayList<>();
        for (BatchItem item = items.next(); item != null; item = items.next()) {
            cut.add(
                    item.rejection() == null
                            ? new String(item.bytes(), item.offset(), item.length(), StandardCharsets.UTF_8).strip()
                            : item.rejection().reason().name());
        }
        assertThat(items.next()).isNull();
        return cut;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A slow network: never more than a few bytes at once. */
    private static InputStream inPieces(String text, int piece) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, piece));
            }
        };
    }
}
