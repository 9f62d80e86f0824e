/// The memory: what crews and feeders observe becomes what a tenant holds, in versions, with who
/// said so; contradictions go to people; nothing is deleted.
///
/// Reading order: [KnowledgeTopology] is the pipeline; `memory` is the pure machine that decides
/// everything; [KnowledgeProcessor] carries observations to the machine and its decisions to stores
/// and topics; `archive` keeps all versions in MongoDB and answers questions about them.
@NullMarked
package io.mcpcrew.knowledge;

import org.jspecify.annotations.NullMarked;
