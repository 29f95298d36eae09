package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.citybrain.grid.demo.mesh.CellMesh;
import org.citybrain.grid.demo.mesh.Plane;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.grid.demo.mesh.ShareLand;
import org.citybrain.grid.demo.mesh.SowSeeds;
import org.citybrain.grid.demo.mesh.TidyTerritories;
import org.citybrain.messages.Tier;

/**
 * The land of the whole city: shared among the districts by their real areas, then sown with as many cells as people and
 * communities ask for, densely around each district's seat and thinly in the hills. A cell is a micro-grid.
 */
final class ApportionLand implements LayOutLand {

    /** Half of the cells go by the communities, half by the residents: so neither towns nor villages are without. */
    private static final double SHARE_BY_COMMUNITIES = 0.5;

    private static final double SQUARE_METERS = 1e6;
    private static final double BEYOND_THE_SPINES_METERS = 50_000;
    private static final double SIDE_OF_SQUARE_METERS = 500;

    /** The land is measured on a chessboard, a finer one where the districts are small. */
    private static final double COARSE_METERS = 2_000;

    private static final double FINE_METERS = 250;
    private static final double HALF_OF_THE_MIDDLE_METERS = 32_000;

    /** Outside the city cells soon become few. */
    private static final double THINNING_METERS = 2_500;

    private static final double FEWEST_OUTSIDE = 0.02;

    /** Farther than any border meanders. */
    private static final double FAR_OUTSIDE_METERS = 15_000;

    private final int cells;

    /** @param cells how many the whole city gets, about */
    ApportionLand(int cells) {
        this.cells = cells;
    }

    @Override
    public Land layOut(Plane plane, List<DemoPlan.District> districts, Divisions divisions) {
        return new Work(plane, districts, cellsDue(districts, divisions)).layOut();
    }

    private double[] cellsDue(List<DemoPlan.District> districts, Divisions divisions) {
        double[] communities = districts.stream()
                .mapToDouble(district ->
                        divisions.below(district.code(), Tier.COMMUNITY).size())
                .toArray();
        double allCommunities = IntStream.range(0, communities.length)
                .mapToDouble(i -> communities[i])
                .sum();
        double allPeople =
                districts.stream().mapToDouble(DemoPlan.District::population).sum();
        return IntStream.range(0, communities.length)
                .mapToDouble(i -> cells
                        * (SHARE_BY_COMMUNITIES * communities[i] / allCommunities
                                + (1 - SHARE_BY_COMMUNITIES) * districts.get(i).population() / allPeople))
                .toArray();
    }

    /** One laying out. */
    private static final class Work {

        private final Plane plane;
        private final List<DemoPlan.District> districts;
        private final double[] cellsDue;
        private final List<Point> seats;
        private final double west;
        private final double south;
        private final double east;
        private final double north;

        Work(Plane plane, List<DemoPlan.District> districts, double[] cellsDue) {
            this.plane = plane;
            this.districts = districts;
            this.seats = districts.stream()
                    .map(district -> plane.toMeters(district.seat()))
                    .toList();
            this.cellsDue = cellsDue;
            List<Point> spines = districts.stream()
                    .flatMap(district -> district.spine().stream())
                    .map(plane::toMeters)
                    .toList();
            this.west = down(spines.stream().mapToDouble(Point::x).min().orElseThrow() - BEYOND_THE_SPINES_METERS);
            this.south = down(spines.stream().mapToDouble(Point::y).min().orElseThrow() - BEYOND_THE_SPINES_METERS);
            this.east = down(spines.stream().mapToDouble(Point::x).max().orElseThrow() + BEYOND_THE_SPINES_METERS);
            this.north = down(spines.stream().mapToDouble(Point::y).max().orElseThrow() + BEYOND_THE_SPINES_METERS);
        }

        Land layOut() {
            ShareLand shares = share();
            List<Point> seeds = new SowSeeds(sowing(shares), new SplittableRandom(DemoPlan.SEED)).sow();
            CellMesh mesh = CellMesh.ofNeighbouring(plane, seeds);
            int[] districtOf = IntStream.range(0, mesh.cells())
                    .parallel()
                    .map(cell -> shares.ownerOf(meandered(mesh.seed(cell))))
                    .toArray();
            return new Land(mesh, new TidyTerritories(mesh, districts.size(), districtOf).tidy());
        }

        private ShareLand share() {
            List<ShareLand.Claim> claims = districts.stream()
                    .map(district -> new ShareLand.Claim(
                            district.spine().stream().map(plane::toMeters).toList(),
                            district.squareKilometers() * SQUARE_METERS))
                    .toList();
            List<ShareLand.Sample> samples = new ArrayList<>(ShareLand.samples(
                    -HALF_OF_THE_MIDDLE_METERS,
                    -HALF_OF_THE_MIDDLE_METERS,
                    HALF_OF_THE_MIDDLE_METERS,
                    HALF_OF_THE_MIDDLE_METERS,
                    FINE_METERS));
            ShareLand.samples(west, south, east, north, COARSE_METERS).stream()
                    .filter(sample -> Math.max(
                                    Math.abs(sample.place().x()),
                                    Math.abs(sample.place().y()))
                            > HALF_OF_THE_MIDDLE_METERS)
                    .forEach(samples::add);
            return ShareLand.among(
                    claims,
                    samples.stream()
                            .map(sample -> new ShareLand.Sample(meandered(sample.place()), sample.squareMeters()))
                            .toList());
        }

        /** How many seeds each square of the land gets; the districts' own squares together what the districts are due. */
        private SowSeeds.Sowing sowing(ShareLand shares) {
            int columns = (int) Math.round((east - west) / SIDE_OF_SQUARE_METERS);
            int rows = (int) Math.round((north - south) / SIDE_OF_SQUARE_METERS);
            double[] densities = new double[rows * columns];
            int[] owners = new int[rows * columns];
            IntStream.range(0, densities.length).parallel().forEach(square -> {
                int row = square / columns;
                int column = square - row * columns;
                Point place = new Point(
                        west + (column + 0.5) * SIDE_OF_SQUARE_METERS, south + (row + 0.5) * SIDE_OF_SQUARE_METERS);
                if (shares.metersOutside(place) > FAR_OUTSIDE_METERS) {
                    densities[square] = FEWEST_OUTSIDE;
                    owners[square] = shares.nearestTo(place) - districts.size();
                    return;
                }
                Point meandered = meandered(place);
                int district = shares.nearestTo(meandered);
                double outside = shares.metersOutside(meandered);
                densities[square] = settlement(district, place);
                owners[square] = district;
                if (outside >= 0) {
                    double far = outside / THINNING_METERS;
                    densities[square] *= Math.max(FEWEST_OUTSIDE, 1 / (1 + far * far * far));
                    owners[square] = district - districts.size();
                }
            });
            double[] sums = new double[districts.size()];
            for (int square = 0; square < densities.length; square++) {
                if (owners[square] >= 0) {
                    sums[owners[square]] += densities[square];
                }
            }
            for (int square = 0; square < densities.length; square++) {
                int district = Math.floorMod(owners[square], districts.size());
                densities[square] *= cellsDue[district] / sums[district];
            }
            return new SowSeeds.Sowing(new Point(west, south), SIDE_OF_SQUARE_METERS, columns, densities);
        }

        /** How much is settled here, against the hills around: most at the seat, some in small towns a few kilometres apart. */
        private double settlement(int district, Point place) {
            double squareMeters = districts.get(district).squareKilometers() * SQUARE_METERS;
            boolean allTown = squareMeters < 500 * SQUARE_METERS;
            double dx = place.x() - seats.get(district).x();
            double dy = place.y() - seats.get(district).y();
            double radius = 0.09 * Math.sqrt(squareMeters);
            double nearness = 1 / (1 + (dx * dx + dy * dy) / (radius * radius));
            double seat = (allTown ? 2 : 20) * nearness * nearness;
            double wave = StrictMath.sin(place.x() / 1_900 + district)
                    * StrictMath.sin(place.y() / 1_700 + place.x() / 7_300);
            double smallTown = wave <= 0 ? 0 : 3 * wave * wave * wave * wave;
            return 1 + seat + smallTown;
        }

        /** No border between districts is a smooth curve; in the middle, where they are small, it meanders less. */
        private static Point meandered(Point place) {
            double far = Math.min(1, Math.sqrt(place.x() * place.x() + place.y() * place.y()) / 60_000);
            double wide = 250 + 2_600 * far;
            double narrow = 0.35 * wide;
            double ragged = 0.16 * wide;
            double x = place.x() / 1_000;
            double y = place.y() / 1_000;
            return new Point(
                    place.x()
                            + wide * StrictMath.sin(y / 5.3 + 1.1 * StrictMath.sin(x / 8.9))
                            + narrow * StrictMath.sin(y / 1.7 + x / 3.1)
                            + ragged * StrictMath.sin(y / 0.53 + 2 * StrictMath.sin(x / 0.87)),
                    place.y()
                            + wide * StrictMath.sin(x / 6.1 + 1.3 * StrictMath.sin(y / 7.7))
                            + narrow * StrictMath.sin(x / 1.9 - y / 2.7)
                            + ragged * StrictMath.sin(x / 0.61 + 2 * StrictMath.sin(y / 0.79)));
        }

        private static double down(double meters) {
            return Math.floor(meters / COARSE_METERS) * COARSE_METERS;
        }
    }
}
