package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;

/**
 * What an invented city is made of.
 *
 * @param note what its version of the map is called; another edition of the same city has another note
 * @param replaces the notes of what it may take the place of, beside an empty map
 * @param centre the origin of the plane that it is invented on
 * @param cellsPerGrid how many cells of the land make up a grid, about
 * @param weightOfTown how many cells a residents' committee gets, against
 * @param weightOfVillage how many a villagers' committee gets
 * @param waviness how far a border between two units swings to both sides, of their land's width
 * @param borderStep about how far from one vertex to the next, of the distance between the middles of two cells
 * @param parts what is made and stored one after the other
 */
record DemoPlan(
        String note,
        Set<String> replaces,
        UnitCode city,
        Position centre,
        LayOutLand land,
        int cellsPerGrid,
        int weightOfTown,
        int weightOfVillage,
        double waviness,
        double borderStep,
        List<Part> parts) {

    static final long SEED = 20_230_630;

    /** A community has five or six grids on average, a grid five micro-grids. */
    private static final int CELLS_OF_FULL = 312_000;

    private static final String NOTE_OF_SMALL = "demo city of 1301 units";

    DemoPlan {
        replaces = Set.copyOf(replaces);
        parts = List.copyOf(parts);
    }

    boolean hasMicroGrids() {
        return cellsPerGrid > 1;
    }

    List<District> districts() {
        return parts.stream().flatMap(part -> part.districts().stream()).toList();
    }

    /**
     * @param withCity whether the city itself is in it
     * @param districts with all below them
     */
    record Part(String name, boolean withCity, List<District> districts) {

        Part {
            districts = List.copyOf(districts);
        }
    }

    /**
     * @param population residents, seventh national census (2020), in whole thousands
     * @param squareKilometers the real district's area, rounded
     * @param seat where its government sits, roughly: streets and communities with lower codes lie nearer to it
     * @param spine a rough line through the real district's middle, that the invented one lies around
     */
    record District(UnitCode code, long population, double squareKilometers, Position seat, List<Position> spine) {

        District {
            spine = List.copyOf(spine);
        }
    }

    /** The old town on its peninsula (about 23 km²), and the district across the river, long and half rural (about 220 km²). */
    static DemoPlan small() {
        Position centre = new Position(106.5772, 29.5576);
        return new DemoPlan(
                NOTE_OF_SMALL,
                Set.of(),
                new UnitCode("50"),
                centre,
                new ScatterGrids(List.of(0.051, 0.33)),
                1,
                1,
                1,
                0,
                0.127,
                List.of(new Part(
                        "all",
                        true,
                        List.of(
                                new District(
                                        new UnitCode("500103"),
                                        588_000,
                                        23,
                                        centre,
                                        List.of(
                                                new Position(106.5784, 29.5582),
                                                new Position(106.5550, 29.5530),
                                                new Position(106.5280, 29.5430),
                                                new Position(106.5000, 29.5390))),
                                new District(
                                        new UnitCode("500105"),
                                        925_000,
                                        220,
                                        centre,
                                        List.of(
                                                new Position(106.5100, 29.5880),
                                                new Position(106.5500, 29.5900),
                                                new Position(106.6300, 29.6050),
                                                new Position(106.7200, 29.6200),
                                                new Position(106.7900, 29.6300)))))));
    }

    /** All 38 districts and counties, with micro-grids; {@code demo/NOTICE.md} tells where their figures are from. */
    static DemoPlan full() {
        return withMicroGrids(
                "demo city of 38 districts with micro-grids, first edition", CensusDistricts.read(), CELLS_OF_FULL);
    }

    /** Stored district by district. */
    static DemoPlan withMicroGrids(String note, List<District> districts, int cells) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("city", true, List.of()));
        for (District district : districts) {
            parts.add(new Part(district.code().digits(), false, List.of(district)));
        }
        return new DemoPlan(
                note,
                Set.of(NOTE_OF_SMALL),
                new UnitCode("50"),
                new Position(106.5772, 29.5576),
                new ApportionLand(cells),
                5,
                3,
                2,
                0.06,
                0.4,
                parts);
    }
}
