@NullMarked
package io.mcpcrew.simulators.chatwoot;

import org.jspecify.annotations.NullMarked;
