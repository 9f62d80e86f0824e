/// The seam between a turn and who works it: a playbook, agents, or in the end a person.
@NullMarked
package io.mcpcrew.crew.work;

import org.jspecify.annotations.NullMarked;
