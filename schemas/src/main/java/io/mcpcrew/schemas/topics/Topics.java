package io.mcpcrew.schemas.topics;

import static io.mcpcrew.schemas.topics.Topic.Keying.BY_ACCOUNT;
import static io.mcpcrew.schemas.topics.Topic.Keying.BY_PARTITION;
import static io.mcpcrew.schemas.topics.Topic.Keying.BY_WHOLE_KEY;
import static io.mcpcrew.schemas.topics.Topic.Role.CONNECT;
import static io.mcpcrew.schemas.topics.Topic.Role.CREW_WORKERS;
import static io.mcpcrew.schemas.topics.Topic.Role.EVERY_SERVICE;
import static io.mcpcrew.schemas.topics.Topic.Role.INGEST;
import static io.mcpcrew.schemas.topics.Topic.Role.INTENT_STREAM;
import static io.mcpcrew.schemas.topics.Topic.Role.KNOWLEDGE_STREAM;
import static io.mcpcrew.schemas.topics.Topic.Role.OPERATOR;
import static io.mcpcrew.schemas.topics.Topic.Role.PRIVACY;
import static io.mcpcrew.schemas.topics.Topic.Role.TOOL_REGISTRY;

import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.contract.Control;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Decision;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.Dispute;
import io.mcpcrew.schemas.contract.Erasure;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.TenantSettings;
import io.mcpcrew.schemas.contract.Tick;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WrappedKey;
import io.mcpcrew.schemas.topics.Topic.Retention;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Every topic there is. The order in which they stand here is the order of the documentation.
public final class Topics {
  private static final Retention EXPLAINABLE =
      new Retention.For(
          Duration.ofDays(30), "a conversation can be explained and repeated for 30 days");
  private static final Retention DECIDED =
      new Retention.For(
          Duration.ofDays(35),
          "outlives the longest approval (14 days) and outage, and what it explains");
  private static final Retention LEDGER =
      new Retention.For(Duration.ofDays(365), "an auditor asks for a year");
  private static final Retention BEYOND_ALL =
      new Retention.For(
          Duration.ofDays(60),
          "outlives every topic that it can be put back into and be explained by");
  private static final Retention ONE_DAY =
      new Retention.For(Duration.ofDays(1), "time passes; the transitions record which was used");
  private static final Retention CURRENT =
      new Retention.NewestOfKey("only what holds now is asked for");

  public static final Topic<ConversationEvent> MESSAGES =
      new Topic<>(
          "crew.messages",
          ConversationEvent.class,
          BY_ACCOUNT,
          List.of(INGEST, CONNECT),
          List.of(INTENT_STREAM, INGEST),
          EXPLAINABLE,
          true);
  public static final Topic<Tick> TICKS =
      new Topic<>(
          "crew.ticks",
          Tick.class,
          BY_PARTITION,
          List.of(INTENT_STREAM),
          List.of(INTENT_STREAM),
          ONE_DAY,
          true);
  public static final Topic<Turn> TURNS =
      new Topic<>(
          "crew.turns",
          Turn.class,
          BY_WHOLE_KEY,
          List.of(INTENT_STREAM),
          List.of(CREW_WORKERS, OPERATOR),
          EXPLAINABLE,
          false);
  public static final Topic<Turn> TURNS_URGENT =
      new Topic<>(
          "crew.turns.urgent",
          Turn.class,
          BY_WHOLE_KEY,
          List.of(INTENT_STREAM),
          List.of(CREW_WORKERS, OPERATOR),
          EXPLAINABLE,
          false);
  public static final Topic<Work> WORK =
      new Topic<>(
          "crew.work",
          Work.class,
          BY_ACCOUNT,
          List.of(CREW_WORKERS, INTENT_STREAM),
          List.of(INTENT_STREAM, CREW_WORKERS, INGEST, OPERATOR),
          DECIDED,
          true);
  public static final Topic<Decision> DECISIONS =
      new Topic<>(
          "crew.decisions",
          Decision.class,
          BY_ACCOUNT,
          List.of(INGEST),
          List.of(INTENT_STREAM),
          DECIDED,
          true);
  public static final Topic<Control> CONTROL =
      new Topic<>(
          "crew.control",
          Control.class,
          BY_ACCOUNT,
          List.of(INTENT_STREAM),
          List.of(CREW_WORKERS),
          EXPLAINABLE,
          false);
  public static final Topic<Transition> TRANSITIONS =
      new Topic<>(
          "crew.transitions",
          Transition.class,
          BY_ACCOUNT,
          List.of(INTENT_STREAM),
          List.of(INGEST, OPERATOR),
          EXPLAINABLE,
          false);
  public static final Topic<ReleasedReply> REPLIES =
      new Topic<>(
          "crew.replies",
          ReleasedReply.class,
          BY_ACCOUNT,
          List.of(INTENT_STREAM),
          List.of(CREW_WORKERS, INGEST),
          EXPLAINABLE,
          false);
  public static final Topic<Delivery> DELIVERIES =
      new Topic<>(
          "crew.deliveries",
          Delivery.class,
          BY_ACCOUNT,
          List.of(CREW_WORKERS),
          List.of(INTENT_STREAM, INGEST),
          EXPLAINABLE,
          true);
  public static final Topic<Observation> OBSERVED =
      new Topic<>(
          "crew.knowledge.observed",
          Observation.class,
          BY_ACCOUNT,
          List.of(CREW_WORKERS, INTENT_STREAM),
          List.of(KNOWLEDGE_STREAM),
          EXPLAINABLE,
          true);
  public static final Topic<KnowledgeItem> KNOWLEDGE =
      new Topic<>(
          "crew.knowledge",
          KnowledgeItem.class,
          BY_ACCOUNT,
          List.of(KNOWLEDGE_STREAM),
          List.of(CREW_WORKERS, INGEST),
          CURRENT,
          false);
  public static final Topic<Dispute> DISPUTES =
      new Topic<>(
          "crew.knowledge.disputes",
          Dispute.class,
          BY_ACCOUNT,
          List.of(KNOWLEDGE_STREAM),
          List.of(INGEST),
          DECIDED,
          false);
  public static final Topic<ToolCatalogue> TOOLS =
      new Topic<>(
          "crew.tools",
          ToolCatalogue.class,
          BY_ACCOUNT,
          List.of(TOOL_REGISTRY),
          List.of(CREW_WORKERS, INGEST),
          CURRENT,
          false);
  public static final Topic<TenantSettings> TENANTS =
      new Topic<>(
          "crew.tenants",
          TenantSettings.class,
          BY_ACCOUNT,
          List.of(INGEST, OPERATOR),
          List.of(EVERY_SERVICE),
          CURRENT,
          true);
  public static final Topic<WrappedKey> KEYS =
      new Topic<>(
          "crew.keys",
          WrappedKey.class,
          BY_ACCOUNT,
          List.of(PRIVACY),
          List.of(EVERY_SERVICE),
          CURRENT,
          false);
  public static final Topic<AuditEntry> AUDIT =
      new Topic<>(
          "crew.audit",
          AuditEntry.class,
          BY_ACCOUNT,
          List.of(EVERY_SERVICE),
          List.of(OPERATOR),
          LEDGER,
          false);
  public static final Topic<Erasure> ERASURES =
      new Topic<>(
          "crew.erasures",
          Erasure.class,
          BY_ACCOUNT,
          List.of(INGEST),
          List.of(EVERY_SERVICE),
          LEDGER,
          false);

  private static final List<Topic<?>> ALL =
      List.of(
          MESSAGES,
          TICKS,
          TURNS,
          TURNS_URGENT,
          WORK,
          DECISIONS,
          CONTROL,
          TRANSITIONS,
          REPLIES,
          DELIVERIES,
          OBSERVED,
          KNOWLEDGE,
          DISPUTES,
          TOOLS,
          TENANTS,
          KEYS,
          AUDIT,
          ERASURES);

  private Topics() {}

  /// The topics themselves, without those for parked records.
  public static List<Topic<?>> all() {
    return ALL;
  }

  /// One topic for parked records beside each.
  public static List<Topic<Parked>> parked() {
    return ALL.stream().map(Topics::parkedOf).toList();
  }

  public static Topic<Parked> parkedOf(Topic<?> topic) {
    return new Topic<>(
        topic.parkedName(),
        Parked.class,
        topic.keying(),
        List.of(EVERY_SERVICE),
        List.of(OPERATOR),
        BEYOND_ALL,
        false);
  }

  /// Everything that an installation creates.
  public static Stream<Topic<?>> installed() {
    return Stream.concat(ALL.stream(), parked().stream());
  }
}
