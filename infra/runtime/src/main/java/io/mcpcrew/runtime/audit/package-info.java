/// Who did what to whose data: references only, never the data.
@NullMarked
package io.mcpcrew.runtime.audit;

import org.jspecify.annotations.NullMarked;
