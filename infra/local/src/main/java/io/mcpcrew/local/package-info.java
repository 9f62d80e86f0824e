/// Everything on one machine: real parts as processes, all services in this one, two demo
/// companies, and the commands.
///
/// Reading order: [Crew] is the door of `./crew`; [Platform] starts and stops all of it;
/// [DemoCompanies] are the accounts of the first run; `command` has one class for each command.
@NullMarked
package io.mcpcrew.local;

import org.jspecify.annotations.NullMarked;
