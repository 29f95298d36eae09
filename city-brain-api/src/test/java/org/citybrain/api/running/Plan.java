package org.citybrain.api.running;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.citybrain.messages.MessageJson;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/** What PostgreSQL did for a statement that ran with the service's own rights. */
public record Plan(JsonNode root) {

    /** Of a reader of the city. */
    public static Plan of(Database database, String sql, UnaryOperator<StatementSpec> parameters) {
        return of(database, "50", sql, parameters);
    }

    /** @param unit that the reader reaches, with all below */
    public static Plan of(Database database, String unit, String sql, UnaryOperator<StatementSpec> parameters) {
        var connection = new SingleConnectionDataSource(
                database.jdbcUrl(), ServiceLogin.API.role(), database.password(ServiceLogin.API), true);
        JdbcClient jdbc = JdbcClient.create(connection);
        jdbc.sql(
                        "select set_config('city_brain.unit', :unit, false), set_config('plan_cache_mode', 'force_custom_plan', false)")
                .param("unit", unit)
                .query()
                .singleRow();
        String json = parameters
                .apply(jdbc.sql("explain (analyze, timing off, costs off, format json) " + sql))
                .query(String.class)
                .single();
        return new Plan(MessageJson.MAPPER.readTree(json).get(0).get("Plan"));
    }

    /** The tables and partitions that were really read, not only planned for. */
    public Set<String> relationsRead() {
        Set<String> relations = new TreeSet<>();
        collect(root, relations);
        return relations;
    }

    /** How many rows were read of tables whose name begins so, those that a filter threw away among them. */
    public long rowsRead(String tables) {
        return rowsRead(root, tables);
    }

    private static long rowsRead(JsonNode node, String tables) {
        long rows = 0;
        if (node.path("Relation Name").asString("").startsWith(tables)) {
            rows = (node.path("Actual Rows").asLong()
                            + node.path("Rows Removed by Filter").asLong(0))
                    * node.path("Actual Loops").asLong();
        }
        for (JsonNode child : node.path("Plans")) {
            rows += rowsRead(child, tables);
        }
        return rows;
    }

    private static void collect(JsonNode node, Set<String> relations) {
        if (node.hasNonNull("Relation Name") && node.get("Actual Loops").asInt() > 0) {
            relations.add(node.get("Relation Name").asString());
        }
        node.path("Plans").forEach(child -> collect(child, relations));
    }
}
