package io.mcpcrew.schemas.contract;

/// A sentence of explanation.
public record Reason(String stage, String sentence) {}
