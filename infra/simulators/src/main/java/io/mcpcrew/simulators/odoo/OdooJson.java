package io.mcpcrew.simulators.odoo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/// Writes answers with a mapper of its own, so that the host's settings cannot change a format that
/// is Odoo's.
final class OdooJson {
  static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final MediaType UTF8_JSON =
      MediaType.parseMediaType("application/json; charset=utf-8");

  private OdooJson() {}

  /// `pairs` alternates names and values.
  static Map<String, Object> object(Object... pairs) {
    Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(pairs.length);
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return fields;
  }

  static ServerResponse answer(int status, @Nullable Object body) {
    Object written = Objects.requireNonNullElseGet(body, MAPPER::nullNode);
    return ServerResponse.status(status)
        .contentType(UTF8_JSON)
        .body(MAPPER.writeValueAsBytes(written));
  }
}
