/// All versions of what was ever held, in MongoDB, and the answers to questions about them.
///
/// Reading order: [KnowledgeProjector] follows the log; [KnowledgeArchive] writes and finds;
/// [KnowledgeRoutes] answers those who hold a token of the account.
@NullMarked
package io.mcpcrew.knowledge.archive;

import org.jspecify.annotations.NullMarked;
