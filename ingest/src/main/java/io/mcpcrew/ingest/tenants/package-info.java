/// Accounts' settings on their way into the log.
@NullMarked
package io.mcpcrew.ingest.tenants;

import org.jspecify.annotations.NullMarked;
