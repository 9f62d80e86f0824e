@NullMarked
package io.mcpcrew.intent.find;

import org.jspecify.annotations.NullMarked;
