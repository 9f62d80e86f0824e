package io.mcpcrew.schemas.contract;

/// A write that was announced and of which nobody knows yet what came of it.
///
/// @param takesMs how long the call may take once it has left, at most
public record OpenWrite(String path, String tool, EffectClass effect, long takesMs) {}
