package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;

/// A write that waits for a person's approval. It was neither announced nor called.
///
/// @param title what the tool does, as it calls itself
/// @param shown the arguments as a person reads them, a line each
public record WantedWrite(
    String path, String tool, String argumentsHash, String title, Content shown) {}
