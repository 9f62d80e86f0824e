package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// What runs where, and how it is doing.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows what runs where, and how it is doing.",
    footer = {"", "Example:", "  ./crew status --json"})
public final class StatusCommand implements CrewCommand {
  @Option(names = "--json", description = "Print the health of everything as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Running running =
        Running.of(Home.ofProcess())
            .orElseThrow(() -> new Failure("Nothing runs on this folder. Start it with ./crew up"));
    JsonNode health = health(running);
    if (json) {
      System.out.println(Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(health));
    } else {
      print(running, health);
    }
    return health.path("status").asString("").equals("UP") ? 0 : 1;
  }

  private static JsonNode health(Running running) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(running.url() + "/actuator/health"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return Client.JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new Failure(
          "Process %d runs but does not answer at %s.".formatted(running.pid(), running.url()));
    }
  }

  private static void print(Running running, JsonNode health) {
    System.out.printf("%-18s %-34s %s%n", "platform", running.url(), "process " + running.pid());
    for (var part : running.parts()) {
      boolean lives = ProcessHandle.of(part.pid()).map(ProcessHandle::isAlive).orElse(false);
      System.out.printf(
          "%-18s %-34s %s%n",
          part.name(),
          part.address(),
          lives ? "process " + part.pid() : "has ended; see " + part.log());
    }
    System.out.println();
    health
        .path("components")
        .path("services")
        .path("details")
        .properties()
        .forEach(service ->
            System.out.printf(
                "%-18s %s%n",
                service.getKey(),
                service.getValue().path("isReady").asBoolean(false)
                    ? "works  " + details(service.getValue())
                    : "NOT READY  " + details(service.getValue())));
  }

  private static String details(JsonNode service) {
    StringBuilder text = new StringBuilder();
    service
        .path("details")
        .properties()
        .forEach(
            d -> text.append(d.getKey()).append('=').append(d.getValue().asString("")).append(' '));
    return text.toString();
  }
}
