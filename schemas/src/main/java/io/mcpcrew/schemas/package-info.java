/// The contract between services: what travels in the log, under which key, in which topic, in
/// whose name.
///
/// Reading order: [AccountId], [ConversationKey], [TurnId] are the names; `contract` holds one
/// record per topic; `topics` says who writes and reads which and how they are partitioned; `wire`
/// turns records into bytes and back; [TenantNames] makes every name of a tenant that lives outside
/// the log.
///
/// This module depends on no other.
@NullMarked
package io.mcpcrew.schemas;

import org.jspecify.annotations.NullMarked;
