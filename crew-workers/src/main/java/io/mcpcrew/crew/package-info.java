/// The work: workers take turns, run crews, journal every step; the publisher posts replies.
///
/// Reading order: [CrewRun] is what happens to one turn (prepare, work, conclude); `claim` takes
/// turns so that each is worked once; `playbook` is how a crew answers without a model; `tools`
/// finds and calls tools over MCP; `publish` posts.
///
/// It keeps nothing that cannot be read again from the log.
@NullMarked
package io.mcpcrew.crew;

import org.jspecify.annotations.NullMarked;
