package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Chatwoot's application API for one account: reads as a user, writes as the agent bot.
final class ChatwootApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final GuardedHttp http;

  ChatwootApi(GuardedHttp http) {
    this.http = http;
  }

  JsonNode get(Tenant.Chatwoot chatwoot, String path, Duration deadline)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(chatwoot, path))
            .header("api_access_token", chatwoot.userToken().reveal())
            .build();
    return read(http.send(request, deadline));
  }

  JsonNode post(Tenant.Chatwoot chatwoot, String path, Map<String, Object> body, Duration deadline)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(chatwoot, path))
            .header("api_access_token", chatwoot.botToken().reveal())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return read(http.send(request, deadline));
  }

  private static URI uri(Tenant.Chatwoot chatwoot, String path) {
    return URI.create(
        "%s/api/v1/accounts/%d%s".formatted(chatwoot.url(), chatwoot.account(), path));
  }

  private static JsonNode read(GuardedHttp.Answer answer) throws IOException {
    if (answer.isSuccess()) {
      try {
        return answer.body().size() == 0 ? JSON.missingNode() : JSON.readTree(answer.text());
      } catch (JacksonException notJson) {
        throw new IOException("Chatwoot answered something that is not JSON", notJson);
      }
    }
    switch (answer.status()) {
      case 401, 403 ->
          throw new IllegalArgumentException(
              "Chatwoot does not allow that with this account's token");
      case 404 -> throw new IllegalArgumentException("Chatwoot does not have that");
      case 422 -> throw new IllegalArgumentException("Chatwoot refused the values that were given");
      default -> throw new IOException("Chatwoot answered " + answer.status());
    }
  }
}
