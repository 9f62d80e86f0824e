package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls of a system that speaks JSON over HTTP and takes a bearer key: the account's [Tenant.Link]
/// of the connector's name. A key of an effect goes along as `Idempotency-Key`.
///
/// @param connector its name
/// @param system as people call it; begins the sentences that models read
public record JsonApi(GuardedHttp http, String connector, String system) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_COMPLAINT = 200;

  /// A part of an address, from a value that may be anything.
  public static String part(Object value) {
    return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }

  /// Whether the account has set the system up.
  public boolean serves(Tenant tenant) {
    return tenant.document().systems().containsKey(connector);
  }

  public JsonNode get(ToolCall call, String path) throws IOException, InterruptedException {
    return send(call, path, "GET", BodyPublishers.noBody());
  }

  public JsonNode post(ToolCall call, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    return send(call, path, "POST", BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  /// @throws SystemRefusal when the same call can never succeed
  /// @throws IOException when it may succeed later
  private JsonNode send(ToolCall call, String path, String method, BodyPublisher body)
      throws IOException, InterruptedException {
    Tenant.Link link =
        Objects.requireNonNull(
            call.tenant().document().systems().get(connector), "admission has checked it");
    var request =
        HttpRequest.newBuilder(URI.create(link.url() + path))
            .header("Authorization", "Bearer " + link.key().reveal())
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(method, body);
    call.arguments()
        .optionalText("idempotency_key")
        .ifPresent(key -> request.header("Idempotency-Key", key));
    try {
      return read(http.send(request.build(), call.left()));
    } catch (GuardedHttp.AnswerTooLarge e) {
      throw new SystemRefusal(e.getMessage() + "; ask for less");
    }
  }

  private JsonNode read(GuardedHttp.Answer answer) throws IOException {
    Optional<JsonNode> json = json(answer);
    if (answer.isSuccess()) {
      return json.orElseThrow(() -> new IOException(system + " answered something else than JSON"));
    }
    switch (answer.status()) {
      case 401, 403 -> throw new SystemRefusal(system + " does not accept this account's key");
      case 404 -> throw new SystemRefusal(system + " does not have that");
      case 400, 422 ->
          throw new SystemRefusal(
              system + " refused: " + json.map(JsonApi::said).orElse("no reason"));
      default -> throw new IOException(system + " answered " + answer.status());
    }
  }

  /// A list of objects as a result, with these of their fields and no other.
  ///
  /// @throws IOException when it is no list: something else than the system has answered
  public ToolAnswer records(JsonNode list, String... fields) throws IOException {
    if (!list.isArray()) {
      throw new IOException(system + " answered something else than what was asked for");
    }
    List<Map<String, Object>> records = new ArrayList<>();
    for (JsonNode item : list) {
      Map<String, Object> record = new LinkedHashMap<>();
      for (String field : fields) {
        if (item.hasNonNull(field)) {
          record.put(field, JSON.convertValue(item.get(field), Object.class));
        }
      }
      records.add(record);
    }
    return new ToolAnswer.Result(records.size() + " found", Map.of("records", records));
  }

  private static Optional<JsonNode> json(GuardedHttp.Answer answer) {
    try {
      JsonNode json = JSON.readTree(answer.text());
      return json.isContainer() ? Optional.of(json) : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /// Its first line only: what follows may be about its inside.
  private static String said(JsonNode json) {
    String line = json.path("message").asString("").lines().findFirst().orElse("");
    return line.length() <= LONGEST_COMPLAINT ? line : line.substring(0, LONGEST_COMPLAINT);
  }
}
