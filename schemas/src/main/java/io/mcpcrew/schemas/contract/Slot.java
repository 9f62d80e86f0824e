package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;

/// A value that the conversation remembers between turns.
public record Slot(String name, Content value) {}
