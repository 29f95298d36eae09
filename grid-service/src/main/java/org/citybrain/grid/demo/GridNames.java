package org.citybrain.grid.demo;

import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/** Names of invented grids, in the way real ones are named: 华一坡社区第三网格, 华一坡社区第三网格第二微网格. */
final class GridNames {

    private static final String NUMERALS = "零一二三四五六七八九";

    private GridNames() {}

    /**
     * @param community the full name of a residents' or villagers' committee
     * @param code of a grid or a micro-grid in it
     */
    static String name(String community, UnitCode code) {
        String grid = name(community, number(code.at(Tier.GRID), Tier.COMMUNITY));
        return code.tier() == Tier.GRID ? grid : grid + "第" + numeral(number(code, Tier.GRID)) + "微网格";
    }

    /** @param community the full name of a residents' or villagers' committee */
    static String name(String community, int number) {
        return stem(community) + "第" + numeral(number) + "网格";
    }

    /** Below its parent, which is of this tier. */
    private static int number(UnitCode code, Tier parent) {
        return Integer.parseInt(code.digits().substring(parent.digits()));
    }

    /** What a committee is of: 华一坡社区居民委员会 → 华一坡社区; 上坪村村民委员会 and 上坪村民委员会 → 上坪村. */
    private static String stem(String committee) {
        return committee
                .replaceFirst("居民委员会$", "")
                .replaceFirst("(?<=村|社区)村民委员会$", "")
                .replaceFirst("(?<=村)民委员会$", "");
    }

    /** 1–99 in Chinese. */
    private static String numeral(int number) {
        int tens = number / 10;
        int ones = number % 10;
        String last = ones == 0 ? "" : NUMERALS.substring(ones, ones + 1);
        return switch (tens) {
            case 0 -> last;
            case 1 -> "十" + last;
            default -> NUMERALS.charAt(tens) + "十" + last;
        };
    }
}
