@NullMarked
package io.mcpcrew.simulators.model;

import org.jspecify.annotations.NullMarked;
