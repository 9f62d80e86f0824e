package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import java.time.Instant;
import java.util.List;

/// `crew.tools`: what one connector offers one account.
public record ToolCatalogue(
    AccountId account,
    String connector,
    List<String> urls,
    boolean ours,
    List<Tool> tools,
    boolean stale,
    Instant discoveredAt) {

  public ToolCatalogue {
    urls = List.copyOf(urls);
    tools = List.copyOf(tools);
  }
}
