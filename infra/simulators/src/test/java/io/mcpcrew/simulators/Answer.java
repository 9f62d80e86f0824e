package io.mcpcrew.simulators;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What came back over HTTP.
public record Answer(int status, HttpHeaders headers, String text) {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  /// The body as JSON; fails the test when it is none.
  public JsonNode json() {
    return JSON.readTree(text);
  }

  public String contentType() {
    return headers.firstValue("Content-Type").orElse("");
  }
}
