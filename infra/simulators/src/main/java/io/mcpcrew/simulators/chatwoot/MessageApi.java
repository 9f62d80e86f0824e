package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ApiDoor.Call;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;

/// `.../conversations/{id}/messages`: reading, writing and deleting.
final class MessageApi {
  private static final String MESSAGES = "/conversations/{id}/messages";
  private static final Pattern WORDS = Pattern.compile("\\s+");
  private static final Set<String> CONTENT_TYPES =
      Set.of(
          "text",
          "input_text",
          "input_textarea",
          "input_email",
          "input_select",
          "cards",
          "form",
          "article",
          "incoming_email",
          "input_csat",
          "integrations",
          "sticker");

  private final ConversationDesk desk;
  private final Installation installation;
  private final AttachmentStore attachments;
  private final ApiViews views;
  private final Faults faults;

  MessageApi(
      ConversationDesk desk,
      Installation installation,
      AttachmentStore attachments,
      ApiViews views,
      Faults faults) {
    this.desk = desk;
    this.installation = installation;
    this.attachments = attachments;
    this.views = views;
    this.faults = faults;
  }

  void addRoutes(RouterFunctions.Builder routes, ApiDoor door) {
    routes
        .GET(MESSAGES, door.forUsers(this::list))
        .POST(MESSAGES, door.forUsersAndBots(this::create))
        .DELETE(MESSAGES + "/{message_id}", door.forUsers(this::delete))
        .PATCH(MESSAGES + "/{message_id}", door.forUsers(this::updateStatus));
  }

  private Object list(Call call) {
    Conversation conversation = call.conversation();
    boolean publicOnly = call.query("filter_internal_messages").isPresent();
    Predicate<Message> wanted = publicOnly ? Message::isPublicTalk : _ -> true;
    var page = conversation.page(call.queryNumber("before"), call.queryNumber("after"), wanted);
    return views.messages(call.account(), conversation.state(), page);
  }

  private Object create(Call call) throws IOException {
    Conversation conversation = call.conversation();
    Optional<FaultPlan.ApiStatus> fault = faults.nextApiStatus();
    if (fault.filter(planned -> !planned.afterWrite()).isPresent()) {
      return faulty(fault.get());
    }
    Message message = desk.post(call.account(), conversation, draft(call, conversation));
    return fault.isPresent()
        ? faulty(fault.get())
        : views.message(call.account(), message, call.body().text("echo_id"));
  }

  private static ServerResponse faulty(FaultPlan.ApiStatus fault) {
    return fault.status() == 429
        ? ApiDoor.tooMany()
        : Json.answer(fault.status(), Map.of("error", "Simulated failure"));
  }

  private NewMessage draft(Call call, Conversation conversation) throws IOException {
    RequestBody body = call.body();
    Message.Type type = type(call, conversation);
    String contentType = body.text("content_type", "text");
    if (!CONTENT_TYPES.contains(contentType)) {
      throw Refused.unprocessable("'" + contentType + "' is not a valid content_type");
    }
    Map<String, Object> attributes = contentAttributes(body);
    if (contentType.equals("input_select")) {
      SelectItems.require(attributes);
    }
    SenderRef sender = sender(call, conversation, type);
    String content = body.text("content");
    boolean outgoing = type != Message.Type.INCOMING;
    return new NewMessage(
        type,
        outgoing ? Liquid.render(content, variables(call, conversation)) : content,
        contentType,
        attributes,
        additionalAttributes(body),
        body.flag("private"),
        body.text("source_id"),
        sender,
        uploads(body));
  }

  private static Message.Type type(Call call, Conversation conversation) {
    String wanted = call.body().text("message_type", "outgoing");
    if (wanted.equals("incoming")) {
      boolean api =
          call.account()
              .inbox(conversation.state().inboxId())
              .filter(inbox -> inbox.channel().equals("Channel::Api"))
              .isPresent();
      if (!api) {
        throw Refused.unprocessable("Incoming messages are only allowed in Api inboxes");
      }
      return Message.Type.INCOMING;
    }
    return wanted.equals("template") ? Message.Type.TEMPLATE : Message.Type.OUTGOING;
  }

  /// With `sender_type: AgentBot` a user may post in the name of the account's bot.
  private static @Nullable SenderRef sender(
      Call call, Conversation conversation, Message.Type type) {
    if (type == Message.Type.INCOMING) {
      return SenderRef.contact(conversation.state().contactId());
    }
    var bot = call.account().settings().bot();
    Long wantedBot = call.body().number("sender_id");
    if ("AgentBot".equals(call.body().text("sender_type"))
        && bot != null
        && wantedBot != null
        && wantedBot == bot.id()) {
      return SenderRef.bot(bot.id());
    }
    return switch (call.actor()) {
      case Actor.User(var agent) -> SenderRef.user(agent.id());
      case Actor.Bot(var own) -> SenderRef.bot(own.id());
      case Actor.Machine() -> null;
    };
  }

  /// An object, or one as JSON text; text that is no JSON counts as nothing.
  private static Map<String, Object> contentAttributes(RequestBody body) {
    var attributes = new LinkedHashMap<String, Object>();
    var object = body.object("content_attributes");
    String text = body.text("content_attributes");
    if (object != null) {
      attributes.putAll(object);
    } else if (text != null) {
      attributes.putAll(parsed(text));
    }
    copyText(body, "cc_emails", attributes);
    copyText(body, "bcc_emails", attributes);
    copyText(body, "to_emails", attributes);
    copyText(body, "external_created_at", attributes);
    return attributes;
  }

  private static Map<String, Object> parsed(String text) {
    try {
      return Json.MAPPER.readValue(text, Object.class) instanceof Map<?, ?> found
          ? RequestBody.copied(found)
          : Map.of();
    } catch (JacksonException e) {
      return Map.of();
    }
  }

  private static Map<String, Object> additionalAttributes(RequestBody body) {
    var attributes = new LinkedHashMap<String, Object>();
    copyText(body, "campaign_id", attributes);
    var template = body.object("template_params");
    if (template != null) {
      attributes.put("template_params", template);
    }
    return attributes;
  }

  private static void copyText(RequestBody body, String key, Map<String, Object> target) {
    String text = body.text(key);
    if (text != null) {
      target.put(key, text);
    }
  }

  private List<Message.Attachment> uploads(RequestBody body) throws IOException {
    List<Message.Attachment> stored = new ArrayList<>();
    if (body.get(ApiDoor.UPLOADS) instanceof List<?> parts) {
      if (parts.size() > 15) {
        throw Refused.unprocessable("Validation failed: Attachments exceeded maximum allowed");
      }
      for (Object part : parts) {
        stored.add(upload(part));
      }
    }
    return stored;
  }

  private Message.Attachment upload(Object candidate) throws IOException {
    if (!(candidate instanceof Part part)) {
      throw Refused.unprocessable("Validation failed: Attachments must be uploaded files");
    }
    String name = part.getSubmittedFileName();
    String mime = part.getContentType();
    try (var in = part.getInputStream()) {
      return attachments.store(
          installation.ids().attachments.next(),
          name == null ? "file" : name,
          mime == null ? "application/octet-stream" : mime,
          in.readAllBytes());
    }
  }

  private static Map<String, @Nullable Object> variables(Call call, Conversation conversation) {
    ConversationState state = conversation.state();
    Contact contact = call.account().contacts().get(state.contactId());
    List<String> names = WORDS.splitAsStream(contact.name().strip()).toList();
    return Fields.of(
        "contact.name", contact.name(),
        "contact.first_name", names.getFirst(),
        "contact.last_name", names.size() > 1 ? names.getLast() : "",
        "contact.email", contact.email(),
        "contact.phone_number", contact.phoneNumber(),
        "agent.name", call.actor().name(),
        "agent.first_name", WORDS.splitAsStream(call.actor().name()).findFirst().orElse(""),
        "conversation.display_id", state.displayId(),
        "inbox.name",
            call.account()
                .inbox(state.inboxId())
                .map(ChatwootSimulatorSettings.InboxSettings::name)
                .orElse(null),
        "account.name", call.account().settings().name());
  }

  private Object delete(Call call) {
    Message deleted = desk.delete(call.account(), call.conversation(), call.id("message_id"));
    return views.message(call.account(), deleted, null);
  }

  /// Only the owner of an API channel may say what became of a message.
  private Object updateStatus(Call call) {
    Conversation conversation = call.conversation();
    boolean api =
        call.account()
            .inbox(conversation.state().inboxId())
            .filter(inbox -> inbox.channel().equals("Channel::Api"))
            .isPresent();
    if (!api) {
      throw Refused.forbidden("Message status update is only allowed for API inboxes");
    }
    String status = call.body().required("status");
    if (!Set.of("sent", "delivered", "read", "failed").contains(status)) {
      throw Refused.unprocessable("'" + status + "' is not a valid status");
    }
    Message updated =
        desk.messageStatus(
            call.account(),
            conversation,
            call.id("message_id"),
            status,
            call.body().text("external_error"));
    return views.message(call.account(), updated, null);
  }
}
