/// Chatwoot's webhooks: who signed them, and what they mean.
@NullMarked
package io.mcpcrew.ingest.chatwoot;

import org.jspecify.annotations.NullMarked;
