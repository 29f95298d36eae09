package org.citybrain.grid.demo;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;

/** The full city's way with two of its districts, in seconds; by itself a process that can be killed. */
final class TwoDistricts {

    private TwoDistricts() {}

    static DemoPlan plan() {
        List<DemoPlan.District> districts = CensusDistricts.read().stream()
                .filter(district ->
                        List.of("500103", "500105").contains(district.code().digits()))
                .toList();
        return DemoPlan.withMicroGrids("demo city of two districts with micro-grids", districts, 6_000);
    }

    public static void main(String[] urlAndPassword) {
        Database database = new Database(urlAndPassword[0], "", "", Map.of(ServiceLogin.GRID, urlAndPassword[1]));
        try (var instance = new LoadingInstance(database, DemoSettings.Choice.NONE, Clock.systemUTC())) {
            instance.loader().load(plan());
        }
    }
}
