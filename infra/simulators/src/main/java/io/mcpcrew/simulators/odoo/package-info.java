/// An Odoo 19 of our own, as far as JSON-2 shows it: several databases, strict about keys, names
/// and types, in memory.
///
/// Reading order: {@link io.mcpcrew.simulators.odoo.OdooSimulatorSettings} (what an operator sets),
/// {@code Field}, {@code Model} and the {@code *Models} (what there is, as data), {@code Row},
/// {@code Table}, {@code Snapshot} and {@code Draft} (the state: immutable, and a change to it),
/// {@code Domain}, {@code Matcher} and {@code Ordering} (searching), {@code Values}, {@code
/// Commands} and {@code Records} (writing), the {@code *Rules} and {@code *Actions} (what orders
/// and leads may do), {@code Methods} (what can be called), {@code Database} (lock and file),
/// {@code DemoData} (with what it begins), {@code OdooRoutes} (HTTP), and last {@link
/// io.mcpcrew.simulators.odoo.OdooSimulatorConfiguration}, which wires them.
@NullMarked
package io.mcpcrew.simulators.odoo;

import org.jspecify.annotations.NullMarked;
