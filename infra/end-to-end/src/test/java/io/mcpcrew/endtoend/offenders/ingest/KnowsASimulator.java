package io.mcpcrew.endtoend.offenders.ingest;

/// Breaks: no service knows that there are simulators.
final class KnowsASimulator {
  final Class<?> simulator = io.mcpcrew.simulators.odoo.OdooSimulatorConfiguration.class;
}
