package org.citybrain.grid.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.citybrain.grid.RunningGridService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadRequestTest extends RunningGridService {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/locate                                                          | 400 | BAD_DATUM
            /v1/locate?longitude=106.5&latitude=29.5                            | 400 | BAD_DATUM
            /v1/locate?longitude=106.5&latitude=29.5&datum=                     | 400 | BAD_DATUM
            /v1/locate?longitude=106.5&latitude=29.5&datum=wgs84                | 400 | BAD_DATUM
            /v1/locate?longitude=106.5&latitude=29.5&datum=EPSG:3857            | 400 | BAD_DATUM
            /v1/locate?longitude=106.5&latitude=29.5&datum=WGS84&datum=GCJ02    | 400 | BAD_DATUM
            /v1/locate?latitude=29.5&datum=WGS84                                | 400 | BAD_LOCATION
            /v1/locate?longitude=106.5&datum=WGS84                              | 400 | BAD_LOCATION
            /v1/locate?longitude=NaN&latitude=29.5&datum=WGS84                  | 400 | BAD_LOCATION
            /v1/locate?longitude=Infinity&latitude=29.5&datum=WGS84             | 400 | BAD_LOCATION
            /v1/locate?longitude=1e2&latitude=29.5&datum=WGS84                  | 400 | BAD_LOCATION
            /v1/locate?longitude=0x1p3&latitude=29.5&datum=WGS84                | 400 | BAD_LOCATION
            /v1/locate?longitude=106,5&latitude=29.5&datum=WGS84                | 400 | BAD_LOCATION
            /v1/locate?longitude=&latitude=29.5&datum=WGS84                     | 400 | BAD_LOCATION
            /v1/locate?longitude=181&latitude=29.5&datum=WGS84                  | 400 | BAD_LOCATION
            /v1/locate?longitude=29.5&latitude=106.5&datum=WGS84                | 400 | BAD_LOCATION
            /v1/locate?longitude=106.5&latitude=-91&datum=WGS84                 | 400 | BAD_LOCATION
            /v1/locate?longitude=106.5&latitude=29.5&datum=WGS84&at=yesterday   | 400 | BAD_INSTANT
            /v1/locate?longitude=106.5&latitude=29.5&datum=WGS84&at=            | 400 | BAD_INSTANT
            /v1/locate?longitude=106.5&latitude=29.5&datum=WGS84&at=2026-07-01  | 400 | BAD_INSTANT
            /v1/locate?longitude=106.5&latitude=29.5&datum=WGS84&at=2026-07-01T00:00:00+08:00 | 400 | BAD_INSTANT
            /v1/locate?longitude=106.5&latitude=29.5&datum=WGS84&at=%2B12345-01-01T00:00:00Z | 400 | BAD_INSTANT
            /v1/locate?longitude=0&latitude=0&datum=WGS84                       | 404 | OUTSIDE_CITY
            /v1/locate?longitude=116.4&latitude=39.9&datum=GCJ02                | 404 | OUTSIDE_CITY
            /v1/locate?longitude=-180&latitude=90&datum=BD09                    | 404 | OUTSIDE_CITY
            /v1/units?tier=VILLAGE                                              | 400 | BAD_TIER
            /v1/units?tier=                                                     | 400 | BAD_TIER
            /v1/units?tier=CITY&parent=500103                                   | 400 | BAD_TIER
            /v1/units?tier=DISTRICT&parent=500103                               | 400 | BAD_TIER
            /v1/units?parent=abc                                                | 400 | BAD_UNIT_CODE
            /v1/units?parent=                                                   | 400 | BAD_UNIT_CODE
            /v1/units?parent=500199                                             | 404 | UNKNOWN_UNIT
            /v1/units?limit=0                                                   | 400 | BAD_LIMIT
            /v1/units?limit=1001                                                | 400 | BAD_LIMIT
            /v1/units?limit=ten                                                 | 400 | BAD_LIMIT
            /v1/units?limit=99999999999999999999                                | 400 | BAD_LIMIT
            /v1/units?cursor=next                                               | 400 | BAD_CURSOR
            /v1/units?cursor=                                                   | 400 | BAD_CURSOR
            /v1/units/5                                                         | 400 | BAD_UNIT_CODE
            /v1/units/50010x                                                    | 400 | BAD_UNIT_CODE
            /v1/units/500103000                                                 | 400 | BAD_UNIT_CODE
            /v1/units/500103%00                                                 | 400 | MALFORMED_REQUEST
            /v1/units/'%20or%201=1                                              | 400 | BAD_UNIT_CODE
            /v1/units/51                                                        | 404 | UNKNOWN_UNIT
            /v1/units/500103999/children                                        | 404 | UNKNOWN_UNIT
            /v1/units/500103999/chain                                           | 404 | UNKNOWN_UNIT
            /v1/units/500103999/boundary                                        | 404 | UNKNOWN_UNIT
            /v1/units/500103?at=soon                                            | 400 | BAD_INSTANT
            /v1/nothing                                                         | 404 | UNKNOWN_PATH
            /v1/units/500103%2Fchildren                                         | 400 | MALFORMED_REQUEST
            """)
    void is_answered_with_one_reason(String path, int status, String reason) {
        Answer answer = get(path);

        assertThat(answer.text()).contains("\"reason\":\"" + reason + "\"").doesNotContain("Exception");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void says_the_value_and_what_was_expected() {
        Answer answer = get("/v1/locate?longitude=106.5&latitude=29.5&datum=NAD27");

        assertThat(answer.body().get("parameter").asString()).isEqualTo("datum");
        assertThat(answer.body().get("value").asString()).isEqualTo("NAD27");
        assertThat(answer.body().get("expected").asString()).isEqualTo("one of WGS84, CGCS2000, GCJ02, BD09");
        assertThat(answer.body().get("detail").asString())
                .isEqualTo("datum is 'NAD27': expected one of WGS84, CGCS2000, GCJ02, BD09");
    }
}
