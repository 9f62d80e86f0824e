/// A Chatwoot of our own: one installation, its accounts, its webhooks and its API, in memory.
///
/// Reading order: {@link io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings} (what an
/// operator sets), {@code Message}, {@code Contact} and {@code ConversationState} (the records),
/// {@code ConversationRules} (what a change does to a conversation: pure), {@code Conversation},
/// {@code Account} and {@code Installation} (the state and its locks), {@code WebhookPayloads} and
/// {@code ApiViews} (the two shapes in which the outside sees it), {@code WebhookSender}
/// (delivery), the {@code *Api} classes (HTTP), {@code Demo*} (the page's own API), and last {@link
/// io.mcpcrew.simulators.chatwoot.ChatwootSimulatorConfiguration}, which wires them.
@NullMarked
package io.mcpcrew.simulators.chatwoot;

import org.jspecify.annotations.NullMarked;
