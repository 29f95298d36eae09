/**
 * The incident types that can be reported, for whoever reports or reads: names and categories of the item catalogue in force. The catalogue
 * itself, with its rules, is a policy: {@code policy}.
 */
@NullMarked
package org.citybrain.api.catalogue;

import org.jspecify.annotations.NullMarked;
