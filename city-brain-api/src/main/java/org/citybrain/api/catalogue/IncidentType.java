package org.citybrain.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import org.citybrain.api.incident.TypeNames;
import org.citybrain.messages.IncidentCategory;

/** A type of the item catalogue, as far as somebody who reports has to know it. */
record IncidentType(@Schema(example = "flood.waterlogging") String code, IncidentCategory category, TypeNames names) {}
