package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.contract.Control;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Turn;

/// What is to be written because of a decision.
public sealed interface Command {

  /// A turn, or its next attempt, for a worker.
  record Hand(Turn turn, boolean urgent) implements Command {}

  /// The question to the log whether an attempt must be given up; decided when it is read again,
  /// after everything that lies before it.
  record Fence(Fenced fenced) implements Command {}

  /// A reply that may be posted.
  record Release(ReleasedReply reply) implements Command {}

  /// What a person of the company has told the agent.
  record Observe(Observation observation) implements Command {}

  /// Who did what, for auditors.
  record Audit(AuditEntry entry) implements Command {}

  /// The conversation is forgotten: its state is removed. Nothing else is decided with it.
  record Forget() implements Command {}

  /// Advice to the worker of an attempt that is no longer wanted.
  record Advise(Control control) implements Command {}
}
