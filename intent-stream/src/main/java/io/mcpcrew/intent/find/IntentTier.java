package io.mcpcrew.intent.find;

import io.mcpcrew.runtime.tenant.Tenant;
import java.util.List;

/// One way to tell what a customer wants. Tiers are asked in their order, the surest first, until
/// one says something: the tenant's and built-in rules, then what is trained, then `unknown`.
///
/// **Confidence is a frequency**, whichever tier speaks: of a hundred guesses with 0.8, eighty are
/// right, so that a limit set for one tier means the same for the next. A tier that computes
/// something else, like a distance, has to be calibrated before it is a tier. The rules' figures
/// are held against the corpus by a test.
///
/// Pure, quick and linear in the message: it is asked on a stream thread.
public interface IntentTier {
  /// Stands in the turn as the intent's tier.
  String name();

  /// What the words mean, in their order; nothing when this tier does not know. Guesses do not
  /// overlap. A tier that judges a message as a whole gives one guess over all words.
  List<Guess> guesses(Reading reading, Tenant tenant);
}
