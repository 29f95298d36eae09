package org.citybrain.grid.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.citybrain.grid.RunningGridService;
import org.junit.jupiter.api.Test;

class AnnounceMapVersionTest extends RunningGridService {

    @Test
    void the_loaded_map_is_announced_as_a_cloud_event() {
        // Others announce other maps on the same topic.
        AnnouncedMap announced =
                AnnouncedMap.await(message -> message.effectiveFrom().equals(Instant.parse("2023-06-29T16:00:00Z")));

        assertThat(announced.message().mapVersion()).isEqualTo(1);
        assertThat(announced.key()).isEqualTo("1");
        assertThat(announced.id()).isEqualTo("map-version-1");
    }
}
