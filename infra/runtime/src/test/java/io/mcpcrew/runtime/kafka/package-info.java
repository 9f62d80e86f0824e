@NullMarked
package io.mcpcrew.runtime.kafka;

import org.jspecify.annotations.NullMarked;
