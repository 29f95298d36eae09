package org.citybrain.dispatch.publish;

import java.util.List;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

/**
 * What a line is about, as it was stored: it goes into the message as it is, neither read nor written anew.
 *
 * @param json an object
 */
record StoredDetail(String json) {

    private static final String TASKS = "tasks";
    private static final String MAY_NAME_TASKS = '"' + TASKS + '"';

    JsonNode asItIs() {
        return new POJONode(new RawValue(json));
    }

    /** Only what may name tasks is read: most lines name none. */
    List<ObjectNode> tasks() {
        return json.contains(MAY_NAME_TASKS)
                ? MessageJson.MAPPER
                        .readTree(json)
                        .path(TASKS)
                        .valueStream()
                        .map(JsonNode::asObject)
                        .toList()
                : List.of();
    }
}
