package org.citybrain.infrastructure;

import java.util.List;
import org.citybrain.infrastructure.PrivatePostgis.Durability;

/** How a PostgreSQL server of one machine is set, wherever it runs: without network and folders. */
public final class PostgisSettings {

    private PostgisSettings() {}

    /** Each as {@code name=value}. */
    public static List<String> list(Durability durability) {
        String onlyWhenDurable = durability == Durability.DURABLE ? "on" : "off";
        return List.of(
                "max_connections=150",
                // Each report of a batch takes an advisory lock on its cell.
                "max_locks_per_transaction=512",
                "shared_preload_libraries=pg_stat_statements",
                "shared_buffers=256MB",
                "work_mem=8MB",
                "maintenance_work_mem=64MB",
                "effective_cache_size=1GB",
                // Room between checkpoints: after each of them a page is logged whole with its first change.
                "max_wal_size=1GB",
                "wal_compression=lz4",
                // Of what is too wide for a row, as an incident's grade and picture: the older method takes longer.
                "default_toast_compression=lz4",
                // What waits to be sorted into the indexes of texts and units: a batch sorts it in when it is so much.
                // Each search reads it. With 4 MB a copy of reports took up to 300 ms in a storm, with this 230.
                "gin_pending_list_limit=512kB",
                "random_page_cost=1.1",
                "jit=off",
                "timezone=UTC",
                "log_timezone=UTC",
                "fsync=" + onlyWhenDurable,
                "full_page_writes=" + onlyWhenDurable);
    }
}
