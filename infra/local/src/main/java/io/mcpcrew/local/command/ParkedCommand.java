package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.Running;
import io.mcpcrew.runtime.faults.PutBack;
import io.mcpcrew.runtime.faults.PutBack.Held;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What could not be processed, and back with it when the cause is mended.
@Command(
    name = "parked",
    mixinStandardHelpOptions = true,
    description = "Shows records that could not be processed, and puts them back.",
    footer = {
      "",
      "Examples:",
      "  ./crew parked",
      "  ./crew parked --put-back crew.messages",
      "  ./crew parked --kafka broker:9092"
    })
public final class ParkedCommand implements CrewCommand {
  @Option(
      names = "--put-back",
      paramLabel = "TOPIC",
      description = "Put all parked records of this topic back to where they came from, once.")
  private @Nullable String putBack;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Another log than that of the platform that runs on this folder.")
  private @Nullable String kafka;

  @Override
  public Integer call() {
    var command = new PutBack(new KafkaClients(new KafkaSettings(brokers(), 1, (short) 1)));
    if (putBack != null) {
      List<Held> back = command.putBack(topic(putBack));
      System.out.printf("%d record(s) put back to %s.%n", back.size(), putBack);
      return 0;
    }
    int all = 0;
    for (Topic<?> topic : Topics.all()) {
      for (Held held : command.held(topic)) {
        print(topic, held);
        all++;
      }
    }
    System.out.println(
        all == 0
            ? "Nothing is parked."
            : "%d record(s) are parked. When the cause is mended: ./crew parked --put-back TOPIC"
                .formatted(all));
    return 0;
  }

  private String brokers() {
    if (kafka != null) {
      return kafka;
    }
    return Running.of(Home.ofProcess())
        .map(Running::kafka)
        .orElseThrow(() ->
            new Failure(
                "Nothing runs on this folder. Start it with ./crew up, or name a log with --kafka."));
  }

  private static Topic<?> topic(String name) {
    return Topics.all().stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                "There is no topic \"%s\". There are: %s"
                    .formatted(
                        name,
                        Topics.all().stream().map(Topic::name).collect(Collectors.joining(", ")))));
  }

  private static void print(Topic<?> topic, Held held) {
    System.out.printf(
        "%s  %s  from partition %d, offset %d, by %s%s%n    %s: %s%n",
        held.record().parkedAt(),
        topic.name(),
        held.record().origin().partition(),
        held.record().origin().offset(),
        held.record().service(),
        held.isWhole() ? "" : " (too large to be kept; cannot be put back)",
        held.record().kind(),
        held.record().cause());
  }
}
