package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.Keys;
import io.mcpcrew.mcp.shell.ToolAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The people who write. Bots may not touch contacts: all of this goes with the user's token.
final class Contacts {
  private static final String CHECK = "get_contact";
  private static final String FIND = "search_contacts";
  private static final String KEY = Rows.OURS + "key";
  private static final String ARGUMENTS = Rows.OURS + "arguments";
  private static final String MERGED = Rows.OURS + "merged_";
  private static final String FIELDS =
      "id, name, email, phone, identifier, blocked, custom_attributes";

  private final ChatwootApi api;
  private final Keys keys;

  Contacts(ChatwootApi api, Keys keys) {
    this.api = api;
    this.keys = keys;
  }

  List<ConnectorTool> tools() {
    return List.of(
        searchContacts(), getContact(), createContact(), updateContact(), setAttributes(), merge());
  }

  private ConnectorTool searchContacts() {
    return ConnectorTool.read(
        FIND,
        "Search contacts",
        "Finds contacts by name, e-mail address or telephone number.",
        "contact.find",
        JsonSchema.arguments()
            .required("query", "string", "A part of the name, address or number.")
            .number("limit", 1, 15, 5, "How many at most."),
        JsonSchema.result().objects("records", FIELDS),
        ChatwootCall.answering(this::search));
  }

  private ConnectorTool getContact() {
    return ConnectorTool.read(
        CHECK,
        "Get a contact",
        "Tells what is known of a contact.",
        "contact.get",
        contact(JsonSchema.arguments()),
        JsonSchema.result().objects("records", FIELDS),
        ChatwootCall.answering(call -> told("the contact", get(call, id(call)))));
  }

  private static JsonSchema contact(JsonSchema schema) {
    return schema.required("contact_id", "integer", "The contact's id.");
  }

  private static JsonSchema details(JsonSchema schema) {
    return schema
        .optional("email", "string", "E-mail address; no two contacts have the same.")
        .optional("phone", "string", "As `+5511999990000`; no two contacts have the same.")
        .optional("identifier", "string", "The company's own id of this person.");
  }

  private ConnectorTool createContact() {
    return ConnectorTool.checkable(
        "create_contact",
        "Create a contact",
        "Makes a contact with an e-mail address, a telephone number or an identifier, which no other contact has. Who writes is a contact already: search_contacts first.",
        "contact.create",
        FIND,
        details(
            JsonSchema.writeArguments()
                .required("name", "string", "The person's name.")
                .optional("inbox_id", "integer", "An inbox in which the contact can be written to.")
                .optional("attributes", "object", "Custom attributes by their keys.")),
        JsonSchema.result().objects("records", FIELDS),
        ChatwootCall.once(keys, "create_contact", this::create, this::create));
  }

  private ConnectorTool updateContact() {
    return changing(
        "update_contact",
        "Update a contact",
        "Changes a contact's name, e-mail address, telephone number or identifier, or blocks it; what is not named stays.",
        "contact.update",
        details(
            contact(JsonSchema.writeArguments())
                .optional("name", "string", "The person's name.")
                .optional("blocked", "boolean", "True: what the person writes is not answered.")),
        Contacts::wanted);
  }

  private ConnectorTool setAttributes() {
    return changing(
        "set_contact_attributes",
        "Set a contact's attributes",
        "Sets custom attributes of a contact; those that are not named stay.",
        "contact.attributes",
        contact(JsonSchema.writeArguments())
            .required(
                "attributes",
                "object",
                "Values by the attributes' keys, e.g. `{\"plan\": \"gold\"}`; an empty text empties one."),
        call -> Map.of("custom_attributes", given(call)));
  }

  @FunctionalInterface
  private interface Change {
    Map<String, Object> of(ChatwootCall call);
  }

  private ConnectorTool changing(
      String name,
      String title,
      String description,
      String capability,
      JsonSchema arguments,
      Change change) {
    ChatwootCall.Act again = call -> told("it was done with this key already", get(call, id(call)));
    return ConnectorTool.checkable(
        name,
        title,
        description,
        capability,
        CHECK,
        arguments,
        JsonSchema.result().objects("records", FIELDS),
        ChatwootCall.once(keys, name, asked -> update(asked, change.of(asked)), again));
  }

  private ConnectorTool merge() {
    return mergeable().destructive();
  }

  private ConnectorTool mergeable() {
    return ConnectorTool.checkable(
        "merge_contacts",
        "Merge contacts",
        "Makes two contacts of the same person one. The conversations of the second go to the first, which keeps what it has and gets what it lacks; the second is deleted. Cannot be undone: be sure that it is the same person.",
        "contact.merge",
        CHECK,
        contact(JsonSchema.writeArguments())
            .required("merged_contact_id", "integer", "The id of the contact that goes."),
        JsonSchema.result().objects("records", FIELDS),
        ChatwootCall.once(keys, "merge_contacts", this::merge, this::merge));
  }

  private static long id(ChatwootCall call) {
    return call.arguments().id("contact_id");
  }

  private static ToolAnswer told(String line, JsonNode contact) {
    return Rows.told(line, Rows.contact(contact));
  }

  private JsonNode get(ChatwootCall call, long id) throws IOException, InterruptedException {
    return find(call, id).orElseThrow(() -> missing(id));
  }

  private Optional<JsonNode> find(ChatwootCall call, long id)
      throws IOException, InterruptedException {
    try {
      return Optional.of(ChatwootApi.part(api.get(call, "/contacts/" + id), "payload"));
    } catch (ChatwootApi.Refusal refusal) {
      if (refusal.isMissing()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private static IllegalArgumentException missing(long id) {
    return new IllegalArgumentException("there is no contact " + id);
  }

  private ToolAnswer search(ChatwootCall call) throws IOException, InterruptedException {
    int limit = call.arguments().number("limit", 5, 1, 15);
    List<Map<String, Object>> contacts = new ArrayList<>();
    for (JsonNode contact : search(call, call.arguments().text("query"))) {
      if (contacts.size() < limit) {
        contacts.add(Rows.contact(contact));
      }
    }
    return Rows.told(contacts.size() + " contacts", contacts);
  }

  private JsonNode search(ChatwootCall call, String text) throws IOException, InterruptedException {
    String query = Conversations.encoded(text);
    return ChatwootApi.part(api.get(call, "/contacts/search?q=" + query), "payload");
  }

  /// Tries before it looks: Chatwoot refuses a second contact with the same address, number or
  /// identifier, and lets an account search a hundred times a minute only.
  private ToolAnswer create(ChatwootCall call) throws IOException, InterruptedException {
    Map<String, Object> body = wanted(call);
    String unique = unique(call.arguments());
    call.arguments().optionalId("inbox_id").ifPresent(id -> body.put("inbox_id", id));
    body.put("custom_attributes", marked(call));
    try {
      JsonNode made = api.postAsUser(call, "/contacts", body).path("payload");
      return told("contact created", ChatwootApi.part(made, "contact"));
    } catch (ChatwootApi.Refusal refusal) {
      if (refusal.isMissing()) {
        throw new IllegalArgumentException("there is no such inbox; see list_inboxes", refusal);
      }
      if (!refusal.isInvalid()) {
        throw refusal;
      }
      return ofThisKey(call, search(call, unique), refusal);
    }
  }

  private static String unique(Arguments arguments) {
    return arguments
        .optionalText("phone")
        .or(() -> arguments.optionalText("email"))
        .or(() -> arguments.optionalText("identifier"))
        .orElseThrow(
            () -> new IllegalArgumentException("give a phone, an email or an identifier too"));
  }

  /// The contact's own attributes remember which call made it.
  private static Map<String, Object> marked(ChatwootCall call) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (call.arguments().all().containsKey("attributes")) {
      attributes.putAll(given(call));
    }
    attributes.put(KEY, call.key());
    attributes.put(ARGUMENTS, call.arguments().fingerprint());
    return attributes;
  }

  private static ToolAnswer ofThisKey(
      ChatwootCall call, JsonNode found, ChatwootApi.Refusal refusal) {
    for (JsonNode contact : found) {
      JsonNode attributes = contact.path("custom_attributes");
      if (call.key().equals(Rows.text(attributes, KEY))) {
        if (!call.arguments().fingerprint().equals(Rows.text(attributes, ARGUMENTS))) {
          throw Keys.usedOtherwise();
        }
        return told("the contact was there already", contact);
      }
    }
    throw found.isEmpty()
        ? refusal
        : new IllegalArgumentException(
            "%s; see contact %d, and update_contact"
                .formatted(refusal.getMessage(), found.path(0).path("id").asLong()),
            refusal);
  }

  /// The details that the call names, as Chatwoot calls them.
  private static Map<String, Object> wanted(ChatwootCall call) {
    Arguments arguments = call.arguments();
    Map<String, Object> body = new LinkedHashMap<>();
    arguments.optionalText("name").ifPresent(name -> body.put("name", name));
    arguments.optionalText("email").ifPresent(email -> body.put("email", email));
    arguments.optionalText("phone").ifPresent(phone -> body.put("phone_number", phone));
    arguments.optionalText("identifier").ifPresent(own -> body.put("identifier", own));
    if (arguments.all().containsKey("blocked")) {
      body.put("blocked", arguments.flag("blocked"));
    }
    if (body.isEmpty()) {
      throw new IllegalArgumentException("name what is to be changed");
    }
    return body;
  }

  /// Chatwoot adds what it is given to what a contact has, and so cannot take anything away.
  private static Map<String, Object> given(ChatwootCall call) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> one : Attributes.wanted(call).entrySet()) {
      Object value = one.getValue();
      if (value == null) {
        throw new IllegalArgumentException(
            "%s cannot be removed; give an empty text".formatted(one.getKey()));
      }
      given.put(one.getKey(), value);
    }
    return given;
  }

  private ToolAnswer update(ChatwootCall call, Map<String, Object> body)
      throws IOException, InterruptedException {
    try {
      JsonNode after = api.putAsUser(call, "/contacts/" + id(call), body);
      return told("contact updated", ChatwootApi.part(after, "payload"));
    } catch (ChatwootApi.Refusal refusal) {
      throw refusal.isMissing() ? missing(id(call)) : refusal;
    }
  }

  /// The contact that stays remembers under which key the other was merged into it: once the other
  /// is gone, nothing else tells a repeated call from one that names a contact that never was.
  private ToolAnswer merge(ChatwootCall call) throws IOException, InterruptedException {
    long stays = id(call);
    long goes = call.arguments().id("merged_contact_id");
    if (stays == goes) {
      throw new IllegalArgumentException("a contact cannot be merged with itself");
    }
    JsonNode before = get(call, stays);
    if (find(call, goes).isEmpty()) {
      String merged = Rows.text(before.path("custom_attributes"), MERGED + goes);
      if (!merged.equals(call.key())) {
        throw missing(goes);
      }
      return told("they were merged already", before);
    }
    var mark = Map.<String, Object>of("custom_attributes", Map.of(MERGED + goes, call.key()));
    var _ = api.putAsUser(call, "/contacts/" + stays, mark);
    var _ =
        api.postAsUser(
            call,
            "/actions/contact_merge",
            Map.of("base_contact_id", stays, "mergee_contact_id", goes));
    return told("merged", get(call, stays));
  }
}
