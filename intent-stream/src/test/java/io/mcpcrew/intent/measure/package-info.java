@NullMarked
package io.mcpcrew.intent.measure;

import org.jspecify.annotations.NullMarked;
