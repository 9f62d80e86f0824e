/// Stand-ins for the two systems that the first run cannot bring along.
///
/// Read in this order: {@link io.mcpcrew.simulators.SimulatorsApplication} (running them alone),
/// {@code chatwoot} (the customer's side, strict about webhooks and tokens), {@code odoo} (the
/// company's side, JSON-2 only).
@NullMarked
package io.mcpcrew.simulators;

import org.jspecify.annotations.NullMarked;
