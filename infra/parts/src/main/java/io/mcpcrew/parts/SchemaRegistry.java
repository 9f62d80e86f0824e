package io.mcpcrew.parts;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Apicurio Registry with its data in a file. It answers Confluent's API, version 7, below
/// [#confluentApi()]; it takes longest of all parts to start.
public final class SchemaRegistry extends Part {
  private static final String CONFLUENT_API = "/apis/ccompat/v7";
  private static final int ANSWER_MILLIS = 2_000;

  /// What is still wrong after so long a time stays wrong.
  private static final Duration ERRORS_FOR = Duration.ofSeconds(15);

  private final Path program;
  private final int port;
  private final int managementPort;
  private @Nullable Long errorsSince;

  SchemaRegistry(PartsSettings settings) {
    super("schema registry", settings.dataDir().resolve("registry"));
    this.program = PartsHome.find().registry().resolve("quarkus-run.jar");
    this.port = Loopback.portOrFree(settings.ports().registry());
    this.managementPort = Loopback.portOrFree(settings.ports().registryManagement());
  }

  /// Only the registry, without its neighbours; returns when it answers.
  public static SchemaRegistry start(PartsSettings settings) {
    return started(new SchemaRegistry(settings));
  }

  @Override
  public String address() {
    return "http://" + Loopback.HOST + ":" + port;
  }

  /// The base that clients of Confluent's registry, and Kafka UI, are given.
  public URI confluentApi() {
    return URI.create(address() + CONFLUENT_API);
  }

  @Override
  List<Integer> ports() {
    return List.of(port, managementPort);
  }

  @Override
  List<String> command() {
    errorsSince = null;
    if (!Files.isRegularFile(program)) {
      throw new PartFailure(
          "The schema registry is not unpacked: "
              + program
              + " is missing. Build infra/parts anew.");
    }
    // Nobody waits for it, so it leaves the processors to those that are waited for.
    return Stream.concat(
            Stream.of("nice", "-n", "10"), JavaProgram.ofJar(program, flags()).stream())
        .toList();
  }

  private List<String> flags() {
    return List.of(
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dquarkus.http.host=" + Loopback.HOST,
        "-Dquarkus.http.port=" + port,
        "-Dquarkus.http.access-log.enabled=false",
        "-Dquarkus.management.host=" + Loopback.HOST,
        "-Dquarkus.management.port=" + managementPort,
        "-Dapicurio.storage.kind=sql",
        "-Dapicurio.storage.sql.kind=h2",
        "-Dapicurio.datasource.url=jdbc:h2:file:" + folder().resolve("data") + ";WRITE_DELAY=0");
  }

  @Override
  boolean answers() {
    try {
      int code = responseTo(URI.create(confluentApi() + "/subjects"));
      boolean error = code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
      errorsSince = !error ? null : errorsSince == null ? System.nanoTime() : errorsSince;
      return code == HttpURLConnection.HTTP_OK;
    } catch (IOException _) {
      return false;
    }
  }

  /// On data that it cannot read it mostly ends, but sometimes goes on and answers with errors.
  @Override
  boolean isBroken() {
    Long since = errorsSince;
    return since != null && System.nanoTime() - since > ERRORS_FOR.toNanos();
  }

  @Override
  Duration patience() {
    return Duration.ofMinutes(3);
  }

  private static int responseTo(URI uri) throws IOException {
    var connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(ANSWER_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
