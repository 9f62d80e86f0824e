package io.mcpcrew.knowledge;

import static io.mcpcrew.knowledge.Observations.NOON;
import static io.mcpcrew.knowledge.Observations.insight;
import static io.mcpcrew.knowledge.Observations.price;
import static io.mcpcrew.knowledge.Observations.priceSaidBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.contract.Dispute;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.contract.SourceClass;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class KnowledgeTopologyTest {
  private static final Path PICTURE = Path.of("docs/topology.txt");
  private static final String DRILL = "loja/PRODUCT_INFO/EX-01";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path stateDir;
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> observed;
  private TestOutputTopic<String, KnowledgeItem> knowledge;
  private TestOutputTopic<String, Dispute> disputes;
  private TestOutputTopic<String, Parked> parked;

  @BeforeEach
  @SuppressWarnings("NullAway.Init") // the driver is made here
  void start() {
    start(1);
  }

  private void start(int partitions) {
    driver = new TopologyTestDriver(topology(partitions), properties(), NOON);
    observed =
        driver.createInputTopic(
            Topics.OBSERVED.name(), new StringSerializer(), new ByteArraySerializer());
    knowledge = output(Topics.KNOWLEDGE);
    disputes = output(Topics.DISPUTES);
    parked = output(Topics.parkedOf(Topics.OBSERVED));
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private Topology topology(int partitions) {
    var settings =
        new KnowledgeSettings(
            "test", stateDir, 1, null, Map.of("product-info", Duration.ofHours(1)));
    return KnowledgeTopology.build(() -> new KnowledgeProcessor(settings, partitions, meters));
  }

  private Properties properties() {
    var p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    return p;
  }

  private <T> TestOutputTopic<String, T> output(Topic<T> topic) {
    return driver.createOutputTopic(topic.name(), new StringDeserializer(), topic.serde());
  }

  @Test
  void anObservationBecomesAnItemUnderItsAccountTypeAndKey() {
    write(price("99.90", 0));

    var entry = knowledge.readRecord();
    assertThat(entry.key()).isEqualTo(DRILL);
    assertThat(entry.value().version()).isEqualTo(1);
    assertThat(header(entry, "crew_change")).isEqualTo("opened");
    assertThat(header(entry, "ce_id")).isEqualTo(DRILL + "#1/opened/0");
    assertThat(header(entry, "ce_dataschema")).isNotNull();
  }

  @Test
  void theLogHearsOfTheClosedVersionFirstSoThatItKeepsTheOneThatHolds() {
    write(price("99.90", 0));
    write(price("89.90", 60));

    List<KnowledgeItem> items = knowledge.readValuesToList();
    assertThat(items).extracting(KnowledgeItem::version).containsExactly(1L, 1L, 2L);
    assertThat(items.get(1).recordedTo()).isNotNull();
    assertThat(items.get(2).recordedTo()).isNull();
  }

  @Test
  void aContradictionGoesToPeopleAndWhatIsHeldStays() {
    write(price("99.90", 0));
    knowledge.readValuesToList();

    write(priceSaidBy(SourceClass.DOCUMENT, "79.90", 60));

    Dispute dispute = disputes.readValue();
    assertThat(dispute.held().fields()).containsEntry("price", "99.90");
    assertThat(dispute.claimed().fields()).containsEntry("price", "79.90");
    assertThat(knowledge.isEmpty()).isTrue();
  }

  @Test
  void mereConfirmationsAreToldOnceAMinute() {
    write(price("99.90", 0));
    for (int second = 1; second <= 60; second++) {
      write(price("99.90", second));
    }

    List<KnowledgeItem> items = knowledge.readValuesToList();
    assertThat(items).extracting(KnowledgeItem::confirmations).containsExactly(0L, 60L);
  }

  @Test
  void anotherAccountNeitherOverwritesNorConfirmsNorReadsWhatTheFirstHolds() {
    write(price("loja", "99.90", 0));
    write(price("loja-norte", "49.90", 10));
    write(price("loja-norte", "39.90", 20));
    write(price("loja", "99.90", 70));

    var entries = knowledge.readRecordsToList();
    assertThat(entries)
        .allSatisfy(
            entry -> assertThat(entry.key()).startsWith(entry.value().account() + "/PRODUCT"));
    assertThat(entries.stream().filter(e -> e.key().startsWith("loja/")).map(e -> e.value()))
        .extracting(item -> item.fields().get("price"))
        .containsExactly("99.90", "99.90");
    assertThat(disputes.isEmpty()).isTrue();
  }

  @Test
  void aKeyOfOneAccountWithAnObservationOfAnotherIsParked() {
    write(price("loja", "99.90", 0));
    knowledge.readValuesToList();

    write(DRILL, price("outra", "0.01", 10));

    Parked one = parked.readValue();
    assertThat(one.kind()).isEqualTo("misrouted");
    assertThat(one.cause()).contains("not of its observation's account");
    assertThat(one.service()).isEqualTo("knowledge-stream");
    assertThat(knowledge.isEmpty()).isTrue();
  }

  @Test
  void aRecordInAnotherAccountsPartitionIsParked() {
    driver.close();
    // The driver has one partition, 0; of 64 none of these two accounts' is that one.
    start(64);

    write(price("loja", "99.90", 0));

    assertThat(parked.readValue().cause()).contains("is not the one of its account");
    assertThat(knowledge.isEmpty()).isTrue();
  }

  @Test
  void aRecordWithoutAKeyOrAValueIsParked() {
    observed.pipeInput(new TestRecord<>(null, Topics.OBSERVED.serde().toBytes(price("1", 0))));
    observed.pipeInput(DRILL, null, NOON);

    assertThat(parked.readValuesToList())
        .extracting(Parked::kind)
        .containsExactly("misrouted", "undecodable");
  }

  @Test
  void whatCannotBeReadIsParkedWholeAndTheNextOneIsRemembered() {
    observed.pipeInput(DRILL, "not ours".getBytes(StandardCharsets.UTF_8), NOON);
    write(price("99.90", 0));

    Parked one = parked.readValue();
    assertThat(one.kind()).isEqualTo("undecodable");
    assertThat(one.origin().topic()).isEqualTo("crew.knowledge.observed");
    assertThat(one.value()).isNotNull();
    assertThat(knowledge.readValue().version()).isEqualTo(1);
  }

  @Test
  void whatIsRefusedIsParkedWithItsReason() {
    write(insight(SourceClass.CUSTOMER, null, "everything is free", 0));

    assertThat(parked.readValue().cause())
        .startsWith("refused (no_subject)")
        .contains("about one contact");
    assertThat(knowledge.isEmpty()).isTrue();
    assertThat(
            meters
                .counter("crew.knowledge.observations", "decision", "refused", "tenant_id", "loja")
                .count())
        .isEqualTo(1);
  }

  @Test
  void whatACustomerSaysIsHeldForThatContactOnly() {
    write(insight(SourceClass.CUSTOMER, "contact-9", "mornings", 0));
    write(insight(SourceClass.CUSTOMER, "contact-8", "evenings", 1));

    assertThat(knowledge.readRecordsToList())
        .extracting(TestRecord::key)
        .containsExactly(
            "loja/CUSTOMER_INSIGHT/contact-hours/contact-9",
            "loja/CUSTOMER_INSIGHT/contact-hours/contact-8");
  }

  @Test
  void anObservationReadTwiceIsWrittenOnce() {
    write(price("99.90", 0));
    write(price("99.90", 0));

    assertThat(knowledge.readValuesToList()).hasSize(1);
  }

  @Test
  void whatNobodySeesAgainIsClosedAndTheLogSaysSo() {
    write(price("99.90", 0));
    knowledge.readValuesToList();

    driver.advanceWallClockTime(Duration.ofMinutes(59));
    assertThat(knowledge.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofMinutes(2));

    var entry = knowledge.readRecord();
    assertThat(entry.key()).isEqualTo(DRILL);
    assertThat(entry.value().recordedTo()).isEqualTo(NOON.plus(Duration.ofMinutes(61)));
    assertThat(entry.value().validTo()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    assertThat(header(entry, "crew_change")).isEqualTo("expired");
    driver.advanceWallClockTime(Duration.ofHours(5));
    assertThat(knowledge.isEmpty()).isTrue();
  }

  @Test
  void aConfirmationPutsTheEndOff() {
    write(price("99.90", 0));
    write(price("99.90", 1_800));
    knowledge.readValuesToList();

    driver.advanceWallClockTime(Duration.ofMinutes(89));
    assertThat(knowledge.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofMinutes(1));
    assertThat(knowledge.readValue().recordedTo()).isNotNull();
  }

  @Test
  void whatRanOutIsSeenAgainAsTheNextVersionAndRunsOutAgain() {
    write(price("99.90", 0));
    driver.advanceWallClockTime(Duration.ofHours(1));
    write(price("99.90", 4_000));
    driver.advanceWallClockTime(Duration.ofHours(2));

    assertThat(knowledge.readValuesToList())
        .extracting(item -> item.version() + (item.recordedTo() == null ? " open" : " closed"))
        .containsExactly("1 open", "1 closed", "2 open", "2 closed");
  }

  @Test
  void oneLookClosesABoundedNumberAndTheNextOneGoesOn() {
    int many = KnowledgeProcessor.MOST_LOOKS + 100;
    for (int n = 0; n < many; n++) {
      write(
          Observations.observation(
              "loja",
              Observations.PRODUCT,
              "P-" + n,
              null,
              SourceClass.SYSTEM_OF_RECORD,
              "odoo",
              "p",
              Map.of(),
              0));
    }
    knowledge.readValuesToList();

    driver.advanceWallClockTime(Duration.ofHours(1));
    assertThat(knowledge.readValuesToList()).hasSize(KnowledgeProcessor.MOST_LOOKS);
    driver.advanceWallClockTime(KnowledgeProcessor.BETWEEN_LOOKS);
    assertThat(knowledge.readValuesToList()).hasSize(100);
  }

  @Test
  void theTraceGoesOn() {
    var headers = new RecordHeaders();
    headers.add("traceparent", "00-1-2-01".getBytes(StandardCharsets.US_ASCII));
    Observation seen = price("99.90", 0);
    observed.pipeInput(
        new TestRecord<>(DRILL, Topics.OBSERVED.serde().toBytes(seen), headers, NOON));

    assertThat(header(knowledge.readRecord(), "traceparent")).isEqualTo("00-1-2-01");
  }

  @Test
  void thePictureInTheDocumentationIsTheTopology() throws Exception {
    String now = topology(1).describe().toString();
    if (Boolean.getBoolean("mcpcrew.write-docs")) {
      Files.createDirectories(PICTURE.getParent());
      Files.writeString(PICTURE, now);
    }
    assertThat(Files.readString(PICTURE)).isEqualTo(now);
  }

  private static @Nullable String header(TestRecord<?, ?> entry, String name) {
    var header = entry.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private void write(Observation observation) {
    write(observation.account() + "/" + observation.type() + "/" + observation.key(), observation);
  }

  private void write(String key, Observation observation) {
    Instant taken = observation.observedAt();
    observed.pipeInput(key, Topics.OBSERVED.serde().toBytes(observation), taken);
  }
}
