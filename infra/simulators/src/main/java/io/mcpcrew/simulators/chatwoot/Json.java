package io.mcpcrew.simulators.chatwoot;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/// Writes answers with a mapper of its own, so that the host's settings cannot change a format that
/// is Chatwoot's.
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final MediaType UTF8_JSON =
      MediaType.parseMediaType("application/json; charset=utf-8");

  private Json() {}

  static ServerResponse ok(Object body) {
    return answer(200, body);
  }

  static ServerResponse answer(int status, Object body) {
    return ServerResponse.status(status)
        .contentType(UTF8_JSON)
        .body(MAPPER.writeValueAsBytes(body));
  }

  static ServerResponse refused(Refused refused) {
    return answer(refused.status(), refused.body());
  }
}
