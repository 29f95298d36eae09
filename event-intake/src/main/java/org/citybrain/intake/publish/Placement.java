package org.citybrain.intake.publish;

/** Where on its topic a record lies. */
public record Placement(int partition, long offset) {}
