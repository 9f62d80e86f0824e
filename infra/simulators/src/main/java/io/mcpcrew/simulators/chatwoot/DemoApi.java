package io.mcpcrew.simulators.chatwoot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/// The page's, the tests' and the terminal customer's way in: no token, loopback only.
///
/// Writing needs `Content-Type: application/json`, which a foreign page in the same browser cannot
/// send without asking first.
final class DemoApi {
  private static final String ACCOUNT = "/demo/api/{slug}";
  private static final String ONE = ACCOUNT + "/conversations/{id}";

  /// What a plan leaves out does not go wrong; what it misspells is refused.
  private static final ObjectReader PLANS =
      Json.MAPPER
          .readerFor(FaultPlan.class)
          .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Installation installation;
  private final ConversationDesk desk;
  private final DemoCustomer customer;
  private final DemoViews views;
  private final DemoEvents events;
  private final AttachmentStore attachments;
  private final Why why;
  private final Faults faults;

  /// What a demo call works on.
  private record Visit(Account account, ServerRequest request, RequestBody body) {
    Conversation conversation() {
      String id = request.pathVariable("id");
      if (!id.matches("\\d{1,18}")) {
        throw Refused.notFound();
      }
      return account.conversation(Long.parseLong(id));
    }

    @Nullable Long queryNumber(String name) {
      return request
          .param(name)
          .filter(text -> text.matches("\\d{1,18}"))
          .map(Long::valueOf)
          .orElse(null);
    }

    Actor.User attendant() {
      return new Actor.User(account.attendant());
    }
  }

  private interface Work {
    Object answer(Visit visit) throws Exception;
  }

  DemoApi(
      Installation installation,
      ConversationDesk desk,
      DemoCustomer customer,
      DemoViews views,
      DemoEvents events,
      AttachmentStore attachments,
      Why why,
      Faults faults) {
    this.installation = installation;
    this.desk = desk;
    this.customer = customer;
    this.views = views;
    this.events = events;
    this.attachments = attachments;
    this.why = why;
    this.faults = faults;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/demo/api/accounts", _ -> Json.ok(accounts()))
        .GET("/demo/api/faults", _ -> Json.ok(faults.plan()))
        .POST("/demo/api/faults", this::followFaults)
        .POST(ACCOUNT + "/messages", writing(this::customerWrites))
        .GET(ACCOUNT + "/conversations", reading(this::conversations))
        .GET(ONE, reading(visit -> views.conversation(visit.account(), visit.conversation())))
        .GET(ONE + "/messages", reading(this::messages))
        .POST(ONE + "/age", writing(this::age))
        .POST(ONE + "/choices", writing(this::customerChooses))
        .POST(ONE + "/replies", writing(this::agentReplies))
        .POST(ONE + "/take-over", writing(this::takeOver))
        .POST(ONE + "/give-back", writing(this::giveBack))
        .POST(ONE + "/resolve", writing(this::resolve))
        .POST(ONE + "/labels", writing(this::label))
        .POST(ONE + "/typing", writing(this::typing))
        .GET(ACCOUNT + "/events", this::events)
        .GET(ACCOUNT + "/why", reading(this::explain))
        .build();
  }

  private HandlerFunction<ServerResponse> reading(Work work) {
    return request -> answered(request, RequestBody.EMPTY, work);
  }

  private HandlerFunction<ServerResponse> writing(Work work) {
    return request ->
        isJson(request)
            ? answered(request, null, work)
            : Json.answer(415, Map.of("error", "Content-Type must be application/json"));
  }

  private static boolean isJson(ServerRequest request) {
    return request
        .headers()
        .contentType()
        .filter(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON))
        .isPresent();
  }

  private ServerResponse answered(ServerRequest request, @Nullable RequestBody known, Work work)
      throws Exception {
    try {
      attachments.reachedAt(request.uri());
      RequestBody body =
          known == null ? RequestBody.ofJson(request.body(byte[].class), Json.MAPPER) : known;
      Object answer = work.answer(new Visit(account(request), request, body));
      return answer instanceof ServerResponse whole ? whole : Json.ok(answer);
    } catch (Refused refused) {
      return Json.refused(refused);
    }
  }

  private Account account(ServerRequest request) {
    return installation.bySlug(request.pathVariable("slug")).orElseThrow(Refused::notFound);
  }

  private Object accounts() {
    return installation.accounts().stream().map(views::account).toList();
  }

  private ServerResponse followFaults(ServerRequest request) throws Exception {
    if (!isJson(request)) {
      return Json.answer(415, Map.of("error", "Content-Type must be application/json"));
    }
    try {
      FaultPlan plan = PLANS.readValue(request.body(byte[].class));
      faults.follow(plan);
      return Json.ok(plan);
    } catch (JacksonException e) {
      return Json.answer(422, Map.of("error", e.getOriginalMessage()));
    }
  }

  private Object customerWrites(Visit visit) {
    RequestBody body = visit.body();
    var contact = Objects.requireNonNullElse(body.object("contact"), Map.<String, Object>of());
    var sent =
        customer.write(
            visit.account(),
            new DemoCustomer.Writing(
                body.number("conversation"),
                body.number("inbox"),
                body.text("text"),
                asText(contact.get("name")),
                asText(contact.get("phone")),
                file(body.object("attachment"))));
    return Fields.of("conversation", sent.conversation(), "message", sent.id());
  }

  private static @Nullable String asText(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static DemoCustomer.@Nullable File file(@Nullable Map<String, Object> attachment) {
    if (attachment == null) {
      return null;
    }
    return new DemoCustomer.File(
        Objects.requireNonNullElse(asText(attachment.get("name")), "arquivo"),
        Objects.requireNonNullElse(asText(attachment.get("mime")), "application/octet-stream"),
        Objects.requireNonNullElse(asText(attachment.get("base64")), ""));
  }

  private Object conversations(Visit visit) {
    return visit
        .account()
        .latestFirst()
        .limit(100)
        .map(conversation -> views.conversation(visit.account(), conversation))
        .toList();
  }

  private Object messages(Visit visit) {
    Conversation conversation = visit.conversation();
    var page =
        conversation.page(visit.queryNumber("before"), visit.queryNumber("after"), _ -> true);
    return Fields.of(
        "conversation", views.conversation(visit.account(), conversation),
        "messages", views.messages(visit.account(), page));
  }

  private Object age(Visit visit) {
    Long hours = visit.body().number("hours");
    if (hours == null || hours < 1) {
      throw Refused.unprocessable("hours is needed, as a number of 1 or more");
    }
    desk.age(visit.account(), visit.conversation(), Duration.ofHours(hours));
    return views.conversation(visit.account(), visit.conversation());
  }

  private Object customerChooses(Visit visit) {
    Long message = visit.body().number("message");
    if (message == null) {
      throw Refused.unprocessable("message is needed, as a number");
    }
    Message chosen =
        customer.choose(
            visit.account(), visit.conversation(), message, visit.body().required("value"));
    return Fields.of("conversation", chosen.conversation(), "message", chosen.id());
  }

  private Object agentReplies(Visit visit) {
    Conversation conversation = visit.conversation();
    var draft =
        NewMessage.text(
                Message.Type.OUTGOING,
                visit.body().required("text"),
                SenderRef.user(visit.account().attendant().id()))
            .asNote(visit.body().flag("private"));
    Message message = desk.post(visit.account(), conversation, draft);
    return Fields.of("conversation", message.conversation(), "message", message.id());
  }

  private Object takeOver(Visit visit) {
    Conversation conversation = visit.conversation();
    desk.status(visit.account(), conversation, Status.OPEN, null, visit.attendant());
    desk.assign(visit.account(), conversation, visit.account().attendant().id(), visit.attendant());
    return views.conversation(visit.account(), conversation);
  }

  /// Pending and nobody's: the bot may answer again.
  private Object giveBack(Visit visit) {
    Conversation conversation = visit.conversation();
    desk.assign(visit.account(), conversation, null, visit.attendant());
    desk.status(visit.account(), conversation, Status.PENDING, null, visit.attendant());
    return views.conversation(visit.account(), conversation);
  }

  private Object resolve(Visit visit) {
    Conversation conversation = visit.conversation();
    desk.status(visit.account(), conversation, Status.RESOLVED, null, visit.attendant());
    return views.conversation(visit.account(), conversation);
  }

  private Object label(Visit visit) {
    Conversation conversation = visit.conversation();
    List<String> labels = visit.body().texts("labels");
    desk.label(visit.account(), conversation, labels, visit.attendant());
    return views.conversation(visit.account(), conversation);
  }

  private Object typing(Visit visit) {
    Conversation conversation = visit.conversation();
    boolean byCustomer = visit.body().required("who").equals("customer");
    SenderRef who =
        byCustomer
            ? SenderRef.contact(conversation.state().contactId())
            : SenderRef.user(visit.account().attendant().id());
    desk.typing(visit.account(), conversation, who, visit.body().flag("on"), false);
    return Map.of();
  }

  private ServerResponse events(ServerRequest request) {
    try {
      Account account = account(request);
      String lastSeen = request.headers().firstHeader("Last-Event-ID");
      Long from = lastSeen != null && lastSeen.matches("\\d{1,18}") ? Long.valueOf(lastSeen) : null;
      return ServerResponse.sse(out -> events.stream(account, from, out), Duration.ofHours(12));
    } catch (Refused refused) {
      return Json.refused(refused);
    }
  }

  private Object explain(Visit visit) throws InterruptedException {
    Long conversation = visit.queryNumber("conversation");
    Long message = visit.queryNumber("message");
    if (conversation == null || message == null) {
      throw Refused.unprocessable("conversation and message are needed, both as numbers");
    }
    return why.answer(visit.account(), conversation, message);
  }
}
