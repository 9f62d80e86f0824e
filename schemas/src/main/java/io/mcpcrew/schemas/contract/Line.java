package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import java.time.Instant;

/// A line of the conversation as a crew sees it.
public record Line(Author author, Content text, Instant at) {}
