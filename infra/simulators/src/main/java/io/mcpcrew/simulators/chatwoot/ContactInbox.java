package io.mcpcrew.simulators.chatwoot;

import java.time.Instant;

/// A contact's address in one inbox; `sourceId` is the channel's name for it.
record ContactInbox(long id, long contactId, long inboxId, String sourceId, Instant createdAt) {}
