/// An account's own settings, as a value and as a live view.
@NullMarked
package io.mcpcrew.runtime.tenant;

import org.jspecify.annotations.NullMarked;
