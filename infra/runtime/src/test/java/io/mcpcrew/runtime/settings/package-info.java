@NullMarked
package io.mcpcrew.runtime.settings;

import org.jspecify.annotations.NullMarked;
