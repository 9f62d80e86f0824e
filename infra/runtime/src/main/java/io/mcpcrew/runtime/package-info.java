/// What every service needs and none should write again.
///
/// Reading order: `host` starts services, together or alone; `settings` reads what an operator may
/// set; `tenant` is an account's own settings; `faults` are the three kinds of failure; `tokens`
/// say who may do what in which account; `kafka` makes clients and topics; `telemetry` follows a
/// message; `http` is the one way out.
@NullMarked
package io.mcpcrew.runtime;

import org.jspecify.annotations.NullMarked;
