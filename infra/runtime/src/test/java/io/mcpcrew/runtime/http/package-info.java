@NullMarked
package io.mcpcrew.runtime.http;

import org.jspecify.annotations.NullMarked;
