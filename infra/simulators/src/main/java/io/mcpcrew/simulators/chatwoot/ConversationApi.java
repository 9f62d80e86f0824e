package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ApiDoor.Call;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.RouterFunctions;

/// `.../conversations` and what can be done to one, messages apart.
final class ConversationApi {
  private static final String ONE = "/conversations/{id}";
  private static final int PER_PAGE = 25;

  private final ConversationDesk desk;
  private final Installation installation;
  private final ApiViews views;
  private final PushForms forms;
  private final Supplier<String> sourceIds;

  ConversationApi(
      ConversationDesk desk,
      Installation installation,
      ApiViews views,
      PushForms forms,
      Supplier<String> sourceIds) {
    this.desk = desk;
    this.installation = installation;
    this.views = views;
    this.forms = forms;
    this.sourceIds = sourceIds;
  }

  void addRoutes(RouterFunctions.Builder routes, ApiDoor door) {
    routes
        .GET("/conversations", door.forUsers(this::list))
        .POST("/conversations", door.forUsersAndBots(this::create))
        .GET(ONE, door.forUsersAndBots(this::show))
        .PATCH(ONE, door.forUsersAndBots(this::update))
        .POST(ONE + "/toggle_status", door.forUsersAndBots(this::toggleStatus))
        .POST(ONE + "/toggle_typing_status", door.forUsersAndBots(this::toggleTyping))
        .POST(ONE + "/toggle_priority", door.forUsersAndBots(this::togglePriority))
        .POST(ONE + "/custom_attributes", door.forUsersAndBots(this::customAttributes))
        .POST(ONE + "/assignments", door.forUsersAndBots(this::assign))
        .GET(ONE + "/labels", door.forUsersAndBots(this::labels))
        .POST(ONE + "/labels", door.forUsersAndBots(this::setLabels));
  }

  private Object list(Call call) {
    Account account = call.account();
    var matching = account.latestFirst().filter(filter(call)).toList();
    var assigned = matching.stream().filter(Assigned.ANYBODY).count();
    var mine = matching.stream().filter(mine(call)).count();
    var page =
        matching.stream()
            .filter(assignee(call))
            .skip((call.page() - 1L) * PER_PAGE)
            .limit(PER_PAGE)
            .map(conversation -> views.conversation(account, conversation))
            .toList();
    return Fields.of(
        "data",
        Fields.of(
            "meta",
            Fields.of(
                "mine_count",
                mine,
                "assigned_count",
                assigned,
                "unassigned_count",
                matching.size() - assigned,
                "all_count",
                matching.size()),
            "payload",
            page));
  }

  private static final class Assigned {
    static final Predicate<Conversation> ANYBODY =
        conversation -> conversation.state().assigneeId() != null;
  }

  /// The status is `open` unless another or `all` is asked for.
  private static Predicate<Conversation> filter(Call call) {
    String status = call.query("status").orElse("open");
    Optional<Status> only = Status.named(status);
    if (only.isEmpty() && !status.equals("all")) {
      throw Refused.unprocessable("'" + status + "' is not a valid status");
    }
    Long inbox = call.queryNumber("inbox_id");
    Long team = call.queryNumber("team_id");
    List<String> labels =
        Objects.requireNonNullElse(call.request().params().get("labels[]"), List.of());
    String text = call.query("q").map(ConversationApi::folded).orElse(null);
    return conversation -> {
      ConversationState state = conversation.state();
      return only.map(wanted -> wanted == state.status()).orElse(true)
          && (inbox == null || inbox == state.inboxId())
          && (team == null || team.equals(state.teamId()))
          && (labels.isEmpty() || state.labels().stream().anyMatch(labels::contains))
          && (text == null || mentions(conversation, text));
    };
  }

  private static boolean mentions(Conversation conversation, String text) {
    return conversation.page(null, 0L, Message::isPublicTalk).stream()
        .map(Message::content)
        .anyMatch(content -> content != null && folded(content).contains(text));
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Predicate<Conversation> assignee(Call call) {
    return switch (call.query("assignee_type").orElse("all")) {
      case "me" -> mine(call);
      case "assigned" -> Assigned.ANYBODY;
      case "unassigned" -> Assigned.ANYBODY.negate();
      default -> _ -> true;
    };
  }

  private static Predicate<Conversation> mine(Call call) {
    return conversation ->
        call.actor() instanceof Actor.User(var agent)
            && Objects.equals(conversation.state().assigneeId(), agent.id());
  }

  private Object show(Call call) {
    return views.conversation(call.account(), call.conversation());
  }

  /// Needs the contact by `contact_id`, or by the `source_id` it has in the inbox.
  private Object create(Call call) {
    RequestBody body = call.body();
    Account account = call.account();
    ContactInbox address = address(account, body);
    var conversation =
        desk.open(
            account,
            new ConversationDesk.Opening(
                address.inboxId(),
                address.contactId(),
                status(body),
                known(account, body.number("assignee_id")),
                body.number("team_id"),
                Objects.requireNonNullElse(body.object("custom_attributes"), Map.of()),
                Objects.requireNonNullElse(body.object("additional_attributes"), Map.of())));
    firstMessage(call, conversation);
    return views.conversation(account, conversation);
  }

  private ContactInbox address(Account account, RequestBody body) {
    String source = body.text("source_id");
    Long contactId = body.number("contact_id");
    if (contactId == null && source != null) {
      return account.settings().inboxes().stream()
          .flatMap(inbox -> account.contacts().bySource(inbox.id(), source).stream())
          .findFirst()
          .orElseThrow(Refused::notFound);
    }
    long inboxId =
        account.inbox(body.requiredNumber("inbox_id")).orElseThrow(Refused::notFound).id();
    var contact = account.contacts().get(body.requiredNumber("contact_id"));
    return account
        .contacts()
        .address(
            contact.id(),
            inboxId,
            source == null ? sourceIds.get() : source,
            installation.clock().instant());
  }

  private static @Nullable Status status(RequestBody body) {
    String word = body.text("status");
    return word == null ? null : status(word);
  }

  private static Status status(String word) {
    return Status.named(word)
        .orElseThrow(() -> Refused.unprocessable("'" + word + "' is not a valid status"));
  }

  private static @Nullable Long known(Account account, @Nullable Long agentId) {
    return account.agent(agentId).isPresent() ? agentId : null;
  }

  private void firstMessage(Call call, Conversation conversation) {
    var message = call.body().object("message");
    if (message != null && message.get("content") != null) {
      SenderRef sender =
          call.actor() instanceof Actor.User(var agent)
              ? SenderRef.user(agent.id())
              : botRef(call.account());
      desk.post(
          call.account(),
          conversation,
          NewMessage.text(Message.Type.OUTGOING, message.get("content").toString(), sender));
    }
  }

  private static @Nullable SenderRef botRef(Account account) {
    var bot = account.settings().bot();
    return bot == null ? null : SenderRef.bot(bot.id());
  }

  private Object update(Call call) {
    String priority = priority(call.body());
    Conversation conversation = call.conversation();
    if (call.body().has("priority")) {
      desk.change(
          call.account(), conversation, state -> state.with(draft -> draft.priority = priority));
    }
    return views.conversation(call.account(), conversation);
  }

  private Object toggleStatus(Call call) {
    Conversation conversation = call.conversation();
    var state =
        desk.status(
            call.account(),
            conversation,
            status(call.body()),
            call.body().time("snoozed_until"),
            call.actor());
    return Fields.of(
        "meta", Map.of(),
        "payload",
            Fields.of(
                "success", true,
                "conversation_id", state.displayId(),
                "current_status", state.status().word(),
                "snoozed_until", Fields.isoOrNull(state.snoozedUntil())));
  }

  private @Nullable Object toggleTyping(Call call) {
    String status = call.body().text("typing_status", "");
    if (Set.of("on", "off").contains(status)) {
      desk.typing(
          call.account(),
          call.conversation(),
          ref(call),
          status.equals("on"),
          call.body().flag("is_private"));
    } else {
      call.conversation();
    }
    return null;
  }

  private static SenderRef ref(Call call) {
    return switch (call.actor()) {
      case Actor.User(var agent) -> SenderRef.user(agent.id());
      case Actor.Bot(var bot) -> SenderRef.bot(bot.id());
      case Actor.Machine() -> throw new IllegalStateException("Machines have no token");
    };
  }

  private @Nullable Object togglePriority(Call call) {
    String priority = priority(call.body());
    desk.change(
        call.account(),
        call.conversation(),
        state -> state.with(draft -> draft.priority = priority));
    return null;
  }

  private static @Nullable String priority(RequestBody body) {
    String priority = body.text("priority");
    if (priority != null && !Set.of("low", "medium", "high", "urgent").contains(priority)) {
      throw Refused.unprocessable("'" + priority + "' is not a valid priority");
    }
    return priority;
  }

  private Object customAttributes(Call call) {
    var wanted =
        Objects.requireNonNullElse(
            call.body().object("custom_attributes"), Map.<String, Object>of());
    desk.change(
        call.account(),
        call.conversation(),
        state -> state.with(draft -> draft.customAttributes = wanted));
    return Fields.of("custom_attributes", wanted);
  }

  /// Answers with whom the conversation now has: an agent, a bot, a team, or `null`.
  private Object assign(Call call) {
    Conversation conversation = call.conversation();
    if (call.body().has("team_id")) {
      return assignTeam(call, conversation);
    }
    if ("AgentBot".equals(call.body().text("assignee_type"))) {
      return assignBot(call, conversation);
    }
    Long agentId = known(call.account(), call.body().number("assignee_id"));
    desk.assign(call.account(), conversation, agentId, call.actor());
    return jsonOrNull(
        call.account()
            .agent(agentId)
            .map(agent -> ApiViews.agent(call.account(), agent))
            .orElse(null));
  }

  private Object assignTeam(Call call, Conversation conversation) {
    var team = call.account().team(call.body().number("team_id"));
    Long id = team.map(ChatwootSimulatorSettings.TeamSettings::id).orElse(null);
    desk.change(call.account(), conversation, state -> state.with(draft -> draft.teamId = id));
    return jsonOrNull(team.map(forms::team).orElse(null));
  }

  private Object assignBot(Call call, Conversation conversation) {
    var bot = call.account().settings().bot();
    if (bot == null || !Objects.equals(call.body().number("assignee_id"), bot.id())) {
      throw Refused.notFound();
    }
    desk.assignBot(call.account(), conversation, bot.id());
    return forms.bot(bot);
  }

  private static Object jsonOrNull(@Nullable Map<String, @Nullable Object> body) {
    return body == null ? Json.MAPPER.nullNode() : body;
  }

  private Object labels(Call call) {
    return Fields.of("payload", call.conversation().state().labels());
  }

  private Object setLabels(Call call) {
    Conversation conversation = call.conversation();
    desk.label(call.account(), conversation, call.body().texts("labels"), call.actor());
    return Fields.of("payload", conversation.state().labels());
  }
}
