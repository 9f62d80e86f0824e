/// What channels can show. Pure: whoever asks and whoever posts come to the same.
@NullMarked
package io.mcpcrew.crew.channel;

import org.jspecify.annotations.NullMarked;
