/// The way of each turn, gathered from the log for those who ask why.
@NullMarked
package io.mcpcrew.ingest.timeline;

import org.jspecify.annotations.NullMarked;
