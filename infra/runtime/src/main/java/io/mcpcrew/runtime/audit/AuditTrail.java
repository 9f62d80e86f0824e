package io.mcpcrew.runtime.audit;

import io.mcpcrew.runtime.tokens.Grant;

/// Remembers who did what to whose data. An entry belongs to the account of the one who acted; what
/// a caller asked of another account is told to the caller's account and not to the other.
public interface AuditTrail {

  /// @param target what was acted on, as a reference: `odoo.create_lead`
  void allowed(Grant actor, String action, String target);

  void refused(Grant actor, String action, String target, String reason);
}
