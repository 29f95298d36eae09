package org.citybrain.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citybrain.messages.MessageJson;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;

/** The pages' two dictionaries: whatever one of them says the other says too, and no page asks for a word that is not there. */
class WordsTest {

    private static final String FILES = "classpath:/city-brain-api/page/page/";
    private static final Pattern DOCSTRING = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    /** {@code word('area.key')}, also where one of two keys is chosen, up to its values or its end. */
    private static final Pattern ASKED = Pattern.compile("\\bword\\(([^({`]*?)[,)]");

    private static final Pattern KEY = Pattern.compile("'([a-z][\\w-]*(?:\\.[\\w-]+)+)'");
    /** The beginning of a key whose end is known only when it is shown: {@code word(`level.${level}`)}. */
    private static final Pattern BEGINNING = Pattern.compile("\\bword(?:Or)?\\(`([a-z][^`$]*)\\$\\{");

    private final Map<String, String> chinese = words("zh-CN");
    private final Map<String, String> english = words("en");

    @Test
    void both_dictionaries_have_the_same_keys_and_no_empty_word() {
        assertThat(english.keySet()).hasSizeGreaterThan(30).isEqualTo(chinese.keySet());
        assertThat(english.values()).noneMatch(String::isBlank);
        assertThat(chinese.values()).noneMatch(String::isBlank);
    }

    @Test
    void what_is_filled_in_is_filled_in_in_both() {
        Map<String, Set<String>> inChinese = placeholders(chinese);

        assertThat(placeholders(english)).isEqualTo(inChinese);
    }

    @Test
    void every_word_that_a_page_asks_for_is_there() {
        List<String> missing = new ArrayList<>();
        int asked = 0;
        for (Resource module : resources("**/*.js")) {
            String text = DOCSTRING.matcher(text(module)).replaceAll("");
            for (String key : keys(text)) {
                asked++;
                if (!english.containsKey(key)) {
                    missing.add(module.getFilename() + ": " + key);
                }
            }
            Matcher beginning = BEGINNING.matcher(text);
            while (beginning.find()) {
                String start = beginning.group(1);
                if (english.keySet().stream().noneMatch(key -> key.startsWith(start))) {
                    missing.add(module.getFilename() + ": " + start + "…");
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(asked).isGreaterThan(20);
    }

    private static List<String> keys(String text) {
        return ASKED.matcher(text)
                .results()
                .flatMap(asked -> KEY.matcher(asked.group(1)).results())
                .map(key -> key.group(1))
                .toList();
    }

    private static Map<String, Set<String>> placeholders(Map<String, String> words) {
        return words.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        word -> PLACEHOLDER
                                .matcher(word.getValue())
                                .results()
                                .map(found -> found.group(1))
                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    private static Map<String, String> words(String language) {
        Map<String, String> words = new TreeMap<>();
        JsonNode json = MessageJson.MAPPER.readTree(text(resources("words/" + language + ".json")[0]));
        json.propertyStream()
                .forEach(word -> words.put(word.getKey(), word.getValue().asString()));
        return words;
    }

    private static Resource[] resources(String pattern) {
        try {
            return new PathMatchingResourcePatternResolver().getResources(FILES + pattern);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String text(Resource resource) {
        try {
            return resource.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
