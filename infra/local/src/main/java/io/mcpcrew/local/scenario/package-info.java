/// Conversations that are written down with what is expected of them, and played without Kafka,
/// without Odoo and without Chatwoot: the intents' finder, the crews and the playbooks are those
/// that run.
@NullMarked
package io.mcpcrew.local.scenario;

import org.jspecify.annotations.NullMarked;
