/// What a customer wants, by rules: words and phrases without regard to case and accents. Pure;
/// further tiers come behind [IntentFinder].
@NullMarked
package io.mcpcrew.intent.find;

import org.jspecify.annotations.NullMarked;
