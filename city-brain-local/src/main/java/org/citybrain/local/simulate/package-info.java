/**
 * Makes seeded streams of reports, posts them to the gate as gateways and grid workers do, and tells what came of them. A
 * client like any other: it knows the services' HTTP and nothing else. Next stop: {@code POST /v1/reports/batch} of
 * event-intake.
 */
@NullMarked
package org.citybrain.local.simulate;

import org.jspecify.annotations.NullMarked;
