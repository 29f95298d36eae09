/**
 * {@code /v1/evidence}: photos, films and documents that reports and report-backs refer to. The bytes lie outside the database, each
 * piece once under its SHA-256; who sent it and what it is stands in the schema {@code api}.
 */
@NullMarked
package org.citybrain.api.evidence;

import org.jspecify.annotations.NullMarked;
