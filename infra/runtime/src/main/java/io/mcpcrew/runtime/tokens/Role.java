package io.mcpcrew.runtime.tokens;

/// What a caller is.
public enum Role {
  /// Sets the account up.
  ADMINISTRATOR,
  /// A person who talks to customers.
  AGENT,
  /// A customer, for one conversation.
  END_USER,
  /// A service of the platform, for one account.
  SERVICE,
  /// A worker, for one turn.
  TURN
}
