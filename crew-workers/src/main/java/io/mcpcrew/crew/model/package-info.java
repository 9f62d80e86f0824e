/// Language models: which there are, what they cost, and how they are asked.
///
/// Reading order: [ModelsSettings] is what an operator sets, [ModelRequest] and [ModelAnswer] what
/// goes back and forth, [Persistence] when to try again and [Purse] when to stop spending (both
/// pure), [ChatModels] one model of each [Provider], [AskedModel] one request, [Models] a request
/// with its retries and fallbacks, [JournalledModel] the same as a step of a turn.
@NullMarked
package io.mcpcrew.crew.model;

import org.jspecify.annotations.NullMarked;
