/// The edge: what a channel, a person or a system does becomes an event in the log, once it is
/// known whose it is.
///
/// Reading order: [IngestPipeline] is the whole of it (receive, admit, normalise, publish);
/// `chatwoot` knows Chatwoot's signatures and payloads; `tenants` publishes accounts' settings;
/// `timeline` tells a conversation's way.
///
/// It never thinks and never deduplicates.
@NullMarked
package io.mcpcrew.ingest;

import org.jspecify.annotations.NullMarked;
