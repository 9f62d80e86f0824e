/// What a customer wants: several wishes perhaps, each with what is named in it. Pure and linear in
/// the message, because it runs on a stream thread.
///
/// In reading order: [RuleFinder] reads the messages once into a [Reading] ([Words], [Languages],
/// [Mentions]) and asks each [IntentTier]; [RuleTier] finds phrases in a [PhraseIndex], which folds
/// ([Fold]), cuts ([Stem]) and corrects ([Spelling]); [Wishes] makes tasks of the guesses.
@NullMarked
package io.mcpcrew.intent.find;

import org.jspecify.annotations.NullMarked;
