/**
 * What people decide: retry or discard a parked report.
 */
@NullMarked
package org.citybrain.dispatch.command;

import org.jspecify.annotations.NullMarked;
