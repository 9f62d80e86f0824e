/// What the tests of both simulators share.
@NullMarked
package io.mcpcrew.simulators;

import org.jspecify.annotations.NullMarked;
