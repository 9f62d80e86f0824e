/// Answers without a model: declared flows that call capabilities and fill templates.
@NullMarked
package io.mcpcrew.crew.playbook;

import org.jspecify.annotations.NullMarked;
