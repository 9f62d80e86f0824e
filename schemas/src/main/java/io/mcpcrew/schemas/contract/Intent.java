package io.mcpcrew.schemas.contract;

/// What a customer wants, and how we know.
public record Intent(
    String name, double confidence, String tier, String because, String language) {}
