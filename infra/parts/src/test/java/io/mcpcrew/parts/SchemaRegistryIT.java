package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SchemaRegistryIT {
  private static final String SCHEMA =
      "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Thing\\\",\\\"fields\\\":[]}\"}";

  @TempDir Path folder;

  @Test
  void keepsASchemaAndItsIdOverARestartAndOverAKill() throws Exception {
    try (var registry = SchemaRegistry.start(PartsSettings.forTests(folder))) {
      String registered = register(registry);
      assertThat(registered).contains("\"id\":");

      registry.stop();
      registry.startAgain();
      assertThat(latest(registry)).contains("Thing", registered.replaceAll("[{}]", ""));

      registry.kill();
      registry.startAgain();
      assertThat(latest(registry)).contains("Thing");
    }
  }

  private static String register(SchemaRegistry registry) throws Exception {
    return send(
        to(registry, "/subjects/things-value/versions")
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(SCHEMA, StandardCharsets.UTF_8)));
  }

  private static String latest(SchemaRegistry registry) throws Exception {
    return send(to(registry, "/subjects/things-value/versions/latest").GET());
  }

  private static HttpRequest.Builder to(SchemaRegistry registry, String path) {
    return HttpRequest.newBuilder(URI.create(registry.confluentApi() + path));
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body();
    }
  }
}
