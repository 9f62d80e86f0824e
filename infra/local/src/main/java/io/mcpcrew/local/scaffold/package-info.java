/// What one begins from: a crew, a playbook and the conversation that tests it.
@NullMarked
package io.mcpcrew.local.scaffold;

import org.jspecify.annotations.NullMarked;
