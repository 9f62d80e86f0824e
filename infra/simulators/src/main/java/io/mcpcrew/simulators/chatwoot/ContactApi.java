package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ApiDoor.Call;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.RouterFunctions;

/// `.../contacts`.
final class ContactApi {
  private static final int PER_PAGE = 15;

  private final ConversationDesk desk;
  private final Installation installation;
  private final ApiViews views;
  private final RateLimits limits;
  private final int searchesPerMinute;
  private final Supplier<String> sourceIds;

  ContactApi(
      ConversationDesk desk,
      Installation installation,
      ApiViews views,
      RateLimits limits,
      int searchesPerMinute,
      Supplier<String> sourceIds) {
    this.desk = desk;
    this.installation = installation;
    this.views = views;
    this.limits = limits;
    this.searchesPerMinute = searchesPerMinute;
    this.sourceIds = sourceIds;
  }

  void addRoutes(RouterFunctions.Builder routes, ApiDoor door) {
    routes
        .GET("/contacts/search", door.forUsers(this::search))
        .POST("/contacts", door.forUsers(this::create))
        .GET("/contacts/{id}", door.forUsers(this::show))
        .PUT("/contacts/{id}", door.forUsers(this::update))
        .PATCH("/contacts/{id}", door.forUsers(this::update))
        .GET("/contacts/{id}/conversations", door.forUsers(this::conversations))
        .POST("/contacts/{id}/contact_inboxes", door.forUsers(this::addAddress))
        .POST("/actions/contact_merge", door.forUsers(this::merge));
  }

  private Object search(Call call) {
    if (!limits.allows("contact search " + call.account().number(), searchesPerMinute)) {
      return ApiDoor.tooMany();
    }
    String text =
        call.query("q")
            .orElseThrow(() -> Refused.unprocessable("Specify search string with parameter q"));
    List<Contact> found = call.account().contacts().search(text);
    var page =
        found.stream()
            .skip((call.page() - 1L) * PER_PAGE)
            .limit(PER_PAGE)
            .map(contact -> views.contact(call.account(), contact))
            .toList();
    return Fields.of(
        "meta",
        Fields.of(
            "count", found.size(),
            "current_page", call.page(),
            "has_more", found.size() > call.page() * PER_PAGE),
        "payload",
        page);
  }

  private Object create(Call call) {
    Account account = call.account();
    Long inboxId = call.body().number("inbox_id");
    if (inboxId != null && account.inbox(inboxId).isEmpty()) {
      throw Refused.notFound();
    }
    Contact contact =
        account.contacts().create(wanted(call.body()), installation.clock().instant());
    installation.publish(new Happening.ContactCreated(account, contact));
    ContactInbox address = inboxId == null ? null : address(call, contact, inboxId);
    return Fields.of(
        "payload",
        Fields.of(
            "contact", views.contact(account, contact),
            "contact_inbox",
                Fields.of(
                    "inbox",
                    inboxId == null
                        ? null
                        : account.inbox(inboxId).map(ApiViews::inbox).orElse(null),
                    "source_id",
                    address == null ? null : address.sourceId())));
  }

  private ContactInbox address(Call call, Contact contact, long inboxId) {
    String source = call.body().text("source_id");
    return call.account()
        .contacts()
        .address(
            contact.id(),
            inboxId,
            source == null ? sourceIds.get() : source,
            installation.clock().instant());
  }

  private static ContactBook.Wanted wanted(RequestBody body) {
    return new ContactBook.Wanted(
        body.text("name"),
        body.text("email"),
        body.text("phone_number"),
        body.text("identifier"),
        body.object("custom_attributes"),
        body.object("additional_attributes"),
        body.flagOrNull("blocked"));
  }

  private Object show(Call call) {
    return Fields.of("payload", views.contact(call.account(), contact(call)));
  }

  private static Contact contact(Call call) {
    return call.account().contacts().get(call.id("id"));
  }

  private Object update(Call call) {
    var edited = call.account().contacts().update(call.id("id"), wanted(call.body()));
    if (!edited.changes().isEmpty()) {
      installation.publish(
          new Happening.ContactUpdated(call.account(), edited.contact(), edited.changes()));
    }
    return Fields.of("payload", views.contact(call.account(), edited.contact()));
  }

  /// Conversations first: nobody sees one whose contact is not there.
  private Object merge(Call call) {
    Account account = call.account();
    Contact base = account.contacts().get(call.body().requiredNumber("base_contact_id"));
    Contact gone = account.contacts().get(call.body().requiredNumber("mergee_contact_id"));
    if (base.id() == gone.id()) {
      return views.contact(account, base);
    }
    var merge = new Row.Merge(base.id(), gone.id());
    account.conversationsOf(gone.id()).forEach(moved -> desk.give(account, moved, base.id()));
    var edited = account.contacts().merge(merge);
    account.inherit(merge);
    if (!edited.changes().isEmpty()) {
      installation.publish(
          new Happening.ContactUpdated(account, edited.contact(), edited.changes()));
    }
    return views.contact(account, edited.contact());
  }

  private Object conversations(Call call) {
    var found =
        call.account()
            .conversationsOf(contact(call).id())
            .limit(20)
            .map(conversation -> views.conversation(call.account(), conversation))
            .toList();
    return Fields.of("payload", found);
  }

  private @Nullable Object addAddress(Call call) {
    long inboxId = call.body().requiredNumber("inbox_id");
    if (call.account().inbox(inboxId).isEmpty()) {
      throw Refused.notFound();
    }
    return views.contactInbox(call.account(), address(call, contact(call), inboxId));
  }
}
