package org.citybrain.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitCodeTest {

    @ParameterizedTest
    @CsvSource({
        "50,                CITY,       CITY,                50",
        "500000,            CITY,       CITY,                50",
        "500112,            DISTRICT,   DISTRICT,            500112",
        "500112001,         STREET,     STREET,              500112001",
        "500112099,         STREET,     STREET,              500112099",
        "500112100,         STREET,     TOWN,                500112100",
        "500112199,         STREET,     TOWN,                500112199",
        "500112200,         STREET,     TOWNSHIP,            500112200",
        "500112399,         STREET,     TOWNSHIP,            500112399",
        "500112400,         STREET,     OTHER,               500112400",
        "500112001001,      COMMUNITY,  RESIDENTS_COMMITTEE, 500112001001",
        "500112001200,      COMMUNITY,  VILLAGERS_COMMITTEE, 500112001200",
        "500117112333,      COMMUNITY,  OTHER,               500117112333",
        "500112001001003,   GRID,       GRID,                500112001001003",
        "50011200100100301, MICRO_GRID, MICRO_GRID,          50011200100100301",
    })
    void tier_and_kind_are_read_from_the_digits(String digits, Tier tier, UnitKind kind, String kept) {
        UnitCode code = new UnitCode(digits);

        assertThat(code.tier()).isEqualTo(tier);
        assertThat(code.kind()).isEqualTo(kind);
        assertThat(code.digits()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "500",
                "5001",
                "50011",
                "5001120",
                "50011200",
                "5001120010",
                "50011200100",
                "5001120010010",
                "50011200100100",
                "5001120010010030",
                "500112001001003001",
                "00",
                "500112000",
                "500112001000",
                "500112001001000",
                "50011200100100300",
                "5A",
                "５０",
                "-5",
                "50 112",
                "+50112",
                "５００１１２"
            })
    void what_is_no_unit_code_is_refused_with_the_value(String digits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnitCode(digits))
                .withMessageContaining("'" + digits + "'")
                .withMessageContaining("expected");
        assertThat(UnitCode.find(digits)).isEmpty();
    }

    @Test
    void the_long_form_of_no_city_is_refused() {
        assertThat(UnitCode.find("000000")).isEmpty();
    }

    @Test
    void the_prefix_is_the_ancestry() {
        UnitCode grid = new UnitCode("500112001001003");

        assertThat(grid.chain())
                .extracting(UnitCode::digits)
                .containsExactly("50", "500112", "500112001", "500112001001", "500112001001003");
        assertThat(grid.parent()).contains(new UnitCode("500112001001"));
        assertThat(new UnitCode("50").parent()).isEmpty();
        assertThat(grid.at(Tier.STREET)).isEqualTo(new UnitCode("500112001"));
        assertThat(grid.isWithin(new UnitCode("500112"))).isTrue();
        assertThat(grid.isWithin(new UnitCode("500113"))).isFalse();
    }

    @Test
    void a_unit_has_no_tier_below_itself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnitCode("500112").at(Tier.GRID))
                .withMessageContaining("500112");
    }

    @Test
    void a_code_is_a_plain_string_in_json_and_the_long_form_of_a_city_is_read() {
        assertThat(MessageJson.MAPPER.writeValueAsString(List.of(new UnitCode("500000"))))
                .isEqualTo("[\"50\"]");
        assertThat(MessageJson.MAPPER.readValue("\"500000\"", UnitCode.class)).isEqualTo(new UnitCode("50"));
    }
}
