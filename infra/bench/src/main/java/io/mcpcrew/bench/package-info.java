/// Measures, beside the floor of the same run. Reading order: [BenchCommand] says what is measured;
/// [Floor], [StreamsHop], [Webhooks] and [Messages] measure one thing each; [Report] tells it.
@NullMarked
package io.mcpcrew.bench;

import org.jspecify.annotations.NullMarked;
