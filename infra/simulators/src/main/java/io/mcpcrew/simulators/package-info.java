/// Stand-ins for what the first run cannot bring along: two systems and a language model.
///
/// Read in this order: {@link io.mcpcrew.simulators.SimulatorsApplication} (running them alone),
/// {@code chatwoot} (the customer's side, strict about webhooks and tokens), {@code odoo} (the
/// company's side, JSON-2 only), {@code model} (a language model by script, for tests).
@NullMarked
package io.mcpcrew.simulators;

import org.jspecify.annotations.NullMarked;
