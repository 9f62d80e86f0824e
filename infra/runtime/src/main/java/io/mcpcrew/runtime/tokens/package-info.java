/// Who is asking, in which account, and what for: signed tokens with a key pair per account.
@NullMarked
package io.mcpcrew.runtime.tokens;

import org.jspecify.annotations.NullMarked;
