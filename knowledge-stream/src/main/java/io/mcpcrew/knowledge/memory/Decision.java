package io.mcpcrew.knowledge.memory;

import io.mcpcrew.schemas.contract.Dispute;
import io.mcpcrew.schemas.contract.KnowledgeItem;

/// What an observation means for what is held.
public sealed interface Decision {

  /// A thing is known: for the first time as version 1, or again after its last version ran out.
  record Opened(Held after) implements Decision {}

  /// It is as it was held; the same version was seen once more.
  ///
  /// @param isAnnounced whether the log is told
  record Confirmed(Held after, boolean isAnnounced) implements Decision {}

  /// Another version holds now.
  ///
  /// @param closed the version before it, with the times at which it ended
  record Superseded(KnowledgeItem closed, Held after) implements Decision {}

  /// A source that may not decide says something else. What was held stays, and a person is asked.
  record Disputed(Held after, Dispute dispute) implements Decision {}

  /// Nothing is decided, and nothing is wrong.
  ///
  /// @param after as before, but for having seen the observation
  record Ignored(Held after, String because) implements Decision {}

  /// This source may not say this, or the observation contradicts itself.
  ///
  /// @param code for machines, such as `no_subject`
  record Refused(String code, String reason) implements Decision {}
}
