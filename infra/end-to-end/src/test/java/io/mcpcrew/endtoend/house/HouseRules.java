package io.mcpcrew.endtoend.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/// What every module may and may not do. Built for a root package, so that small offenders below
/// another root can show that each rule bites.
final class HouseRules {
  private static final List<String> SERVICES =
      List.of("ingest", "intent", "crew", "tools", "knowledge", "mcp");

  private final String root;

  HouseRules(String root) {
    this.root = root;
  }

  /// @param offender the class below the offenders' root that breaks it
  record Rule(String sentence, ArchRule rule, String offender) {
    @Override
    public String toString() {
      return sentence;
    }
  }

  List<Rule> all() {
    return List.of(
        schemasStandAlone(),
        runtimeKnowsOnlySchemas(),
        servicesMeetOnlyInTheLog(),
        noServiceKnowsASimulator(),
        decisionsArePure(),
        theSimulationIsAloneInItsWorld(),
        timeIsAnArgument(),
        onlyTheWireKnowsAvro(),
        oneWayOut(),
        nothingIsInjectedIntoFields(),
        onlyTheTerminalPrints(),
        whoRepeatsCannotWrite());
  }

  private String in(String module) {
    return root + "." + module + "..";
  }

  private String[] in(Stream<String> modules) {
    return modules.map(this::in).toArray(String[]::new);
  }

  private Rule schemasStandAlone() {
    return new Rule(
        "schemas depends on no other module",
        noClasses()
            .that()
            .resideInAPackage(in("schemas"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                in(Stream.concat(SERVICES.stream(), Stream.of("runtime", "local", "parts")))),
        "schemas.KnowsAService");
  }

  private Rule runtimeKnowsOnlySchemas() {
    return new Rule(
        "runtime depends on no service",
        noClasses()
            .that()
            .resideInAPackage(in("runtime"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(in(Stream.concat(SERVICES.stream(), Stream.of("local", "parts")))),
        "runtime.KnowsAService");
  }

  private Rule servicesMeetOnlyInTheLog() {
    List<ArchRule> each = SERVICES.stream().map(this::standsAlone).toList();
    return new Rule(
        "services meet only in the log", CompositeArchRule.of(each), "crew.CallsAnotherService");
  }

  private ArchRule standsAlone(String service) {
    return noClasses()
        .that()
        .resideInAPackage(in(service))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in(SERVICES.stream().filter(other -> !other.equals(service))))
        .allowEmptyShould(true);
  }

  private Rule noServiceKnowsASimulator() {
    return new Rule(
        "no service knows that there are simulators",
        noClasses()
            .that()
            .resideInAnyPackage(in(Stream.concat(SERVICES.stream(), Stream.of("runtime"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.mcpcrew.simulators..", "io.mcpcrew.parts.."),
        "ingest.KnowsASimulator");
  }

  private Rule decisionsArePure() {
    return new Rule(
        "decisions know neither Kafka nor Spring nor threads",
        noClasses()
            .that()
            .resideInAnyPackage(
                in("intent.conversation"), in("crew.protocol"), in("knowledge.memory"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.kafka..",
                "org.springframework..",
                "java.util.concurrent..",
                "java.net.http..",
                "java.nio.file.."),
        "intent.conversation.KnowsKafka");
  }

  private Rule theSimulationIsAloneInItsWorld() {
    return new Rule(
        "the simulation knows neither Kafka nor Spring nor the machine's time",
        noClasses()
            .that()
            .resideInAPackage(in("simulation"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.kafka..", "org.springframework..", "java.net.http..", "java.nio.file..")
            .orShould()
            .callMethod(Instant.class, "now"),
        "simulation.AsksTheMachine");
  }

  private Rule timeIsAnArgument() {
    return new Rule(
        "services take time from a clock that they are given, and never from the machine",
        noClasses()
            .that()
            .resideInAnyPackage(in(Stream.concat(SERVICES.stream(), Stream.of("schemas"))))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(LocalDateTime.class, "now"),
        "intent.AsksTheMachine");
  }

  private Rule onlyTheWireKnowsAvro() {
    return new Rule(
        "only the wire format knows Avro",
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .resideOutsideOfPackages(in("schemas.wire"), in("schemas"), in("parts"), in("local"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.avro.."),
        "crew.WritesAvro");
  }

  private Rule oneWayOut() {
    return new Rule(
        "services go out through the guarded client only",
        noClasses()
            .that()
            .resideInAnyPackage(in(SERVICES.stream()))
            .should()
            .callMethod(java.net.http.HttpClient.class, "newHttpClient")
            .orShould()
            .callMethod(java.net.http.HttpClient.class, "newBuilder")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.HttpURLConnection"),
        "crew.GoesOutByItself");
  }

  private Rule nothingIsInjectedIntoFields() {
    return new Rule(
        "nothing is injected into fields or found by scanning",
        CompositeArchRule.of(
                noFields()
                    .should()
                    .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                    .allowEmptyShould(true))
            .and(
                noClasses()
                    .that()
                    .areNotMetaAnnotatedWith("org.springframework.context.annotation.Configuration")
                    .and()
                    .areNotAnnotatedWith("org.springframework.context.annotation.Configuration")
                    .should()
                    .beMetaAnnotatedWith("org.springframework.stereotype.Component")),
        "knowledge.IsFound");
  }

  private Rule whoRepeatsCannotWrite() {
    return new Rule(
        "who repeats a conversation has nothing to write with",
        noClasses()
            .that()
            .resideInAPackage(in("intent.replay"))
            .or()
            .haveNameMatching(".*\\.(Replay|Why)[A-Za-z$]*")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "org\\.apache\\.kafka\\.clients\\.(producer|admin)\\..*"
                    + "|.*\\.(KafkaClients|TopicWriter|TopicInstaller|PutBack)"),
        "intent.replay.Writes");
  }

  private Rule onlyTheTerminalPrints() {
    return new Rule(
        "services log and never print",
        noClasses()
            .that()
            .resideInAnyPackage(
                in(Stream.concat(SERVICES.stream(), Stream.of("runtime", "schemas"))))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"),
        "ingest.Prints");
  }
}
