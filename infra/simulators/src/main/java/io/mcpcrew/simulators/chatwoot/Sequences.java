package io.mcpcrew.simulators.chatwoot;

import java.util.concurrent.atomic.AtomicLong;

/// A sequence of ids that are global in the installation, as Chatwoot's tables have them.
final class Sequences {
  /// Ids left out after a restart, so that one whose journal line was lost is never given twice.
  private static final int GAP_AFTER_RESTART = 100;

  final Sequence messages = new Sequence();
  final Sequence attachments = new Sequence();
  final Sequence contacts = new Sequence();
  final Sequence contactInboxes = new Sequence();
  final Sequence webhooks = new Sequence();

  static final class Sequence {
    private final AtomicLong last = new AtomicLong();

    long next() {
      return last.incrementAndGet();
    }

    void seen(long id) {
      last.accumulateAndGet(id, Math::max);
    }

    private void leaveGap() {
      last.updateAndGet(id -> id == 0 ? 0 : id + GAP_AFTER_RESTART);
    }
  }

  void restarted() {
    messages.leaveGap();
    attachments.leaveGap();
    contacts.leaveGap();
    contactInboxes.leaveGap();
    webhooks.leaveGap();
  }
}
