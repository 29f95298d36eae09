package org.citybrain.dispatch.policy;

/** The versions of the policies that an incident was opened with, and keeps. */
public record PolicyVersions(int grading, int routing, int correlation, int catalogue) {}
