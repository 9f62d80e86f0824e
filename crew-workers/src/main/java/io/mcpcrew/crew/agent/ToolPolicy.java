package io.mcpcrew.crew.agent;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.Tool;

/// Which of the tools that an agent's crew names it is really offered. Asked before a model sees
/// them, so that what is not allowed is not even known.
@FunctionalInterface
public interface ToolPolicy {
  ToolPolicy ALL = (_, _) -> true;

  boolean mayOffer(AccountId account, Tool tool);
}
