package io.mcpcrew.local;

import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.SchemaBundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Publishes the bundle of schemas to the registry, in the bundle's order, so that Kafka UI and
/// Connect read what we write. Nobody waits for it, and nothing of ours needs it.
public final class RegistryPublication implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(RegistryPublication.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final URI registry;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile boolean closed;

  private RegistryPublication(URI registry) {
    this.registry = registry;
  }

  public static RegistryPublication begin(URI registry) {
    var publication = new RegistryPublication(registry);
    Thread.ofVirtual().name("registry-publication").start(publication::publish);
    return publication;
  }

  private void publish() {
    try {
      awaitRegistry();
      List<String> otherwise = new ArrayList<>();
      for (SchemaBundle.Release release : SchemaBundle.released().inOrder()) {
        for (String subject : subjects(release)) {
          if (register(subject, release) != release.id()) {
            otherwise.add(subject);
          }
        }
      }
      tellOtherIds(otherwise);
      LOGGER.atInfo().log("schemas published to the registry");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | IllegalStateException e) {
      if (!closed) {
        LOGGER
            .atWarn()
            .addKeyValue("cause", e.toString())
            .log("schemas not published; nothing of ours needs them there");
      }
    }
  }

  private void awaitRegistry() throws InterruptedException, IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!closed) {
      try {
        if (get("/subjects").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        if (System.nanoTime() > deadline) {
          throw notYet;
        }
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    throw new IllegalStateException("closed");
  }

  private static List<String> subjects(SchemaBundle.Release release) {
    List<String> subjects =
        Topics.installed()
            .filter(topic -> topic.valueType().getSimpleName().equals(release.name()))
            .map(Topic::name)
            .map(name -> name + "-value")
            .toList();
    return subjects.isEmpty() ? List.of(release.name() + "-state") : subjects;
  }

  /// A folder of an earlier build has counted otherwise.
  private static void tellOtherIds(List<String> subjects) {
    if (!subjects.isEmpty()) {
      LOGGER
          .atWarn()
          .addKeyValue("subjects", subjects.size())
          .addKeyValue("first", subjects.getFirst())
          .log(
              "the registry gave other ids than ours, which go by the fingerprint; Kafka UI and Connect read them again after ./crew up --fresh");
    }
  }

  /// @return the id that the registry knows it by
  private int register(String subject, SchemaBundle.Release release)
      throws IOException, InterruptedException {
    String body = JSON.writeValueAsString(Map.of("schema", release.schema().toString()));
    var request =
        HttpRequest.newBuilder(URI.create(registry + "/subjects/" + subject + "/versions"))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "the registry answered %d to %s".formatted(answer.statusCode(), subject));
    }
    return JSON.readTree(answer.body()).path("id").asInt(-1);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(registry + path)).timeout(Duration.ofSeconds(5)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    closed = true;
    http.shutdownNow();
  }
}
