package io.mcpcrew.local.command;

import java.util.concurrent.Callable;

/// A command of `./crew`, annotated as picocli's.
public interface CrewCommand extends Callable<Integer> {}
