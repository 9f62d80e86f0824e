package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.InboxSettings;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The customer's side of a channel: contact and conversation come into being when somebody writes.
final class DemoCustomer {
  private final Installation installation;
  private final ConversationDesk desk;
  private final AttachmentStore attachments;
  private final Supplier<String> sourceIds;

  /// A file as it comes with a demo request.
  record File(String name, String mime, String base64) {
    byte[] bytes() {
      try {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length > 0) {
          return bytes;
        }
      } catch (IllegalArgumentException e) {
        throw Refused.unprocessable("attachment.base64 is not base64");
      }
      throw Refused.unprocessable("attachment.base64 must not be empty");
    }
  }

  record Writing(
      @Nullable Long conversation,
      @Nullable Long inbox,
      @Nullable String text,
      @Nullable String name,
      @Nullable String phone,
      @Nullable File file) {}

  DemoCustomer(
      Installation installation,
      ConversationDesk desk,
      AttachmentStore attachments,
      Supplier<String> sourceIds) {
    this.installation = installation;
    this.desk = desk;
    this.attachments = attachments;
    this.sourceIds = sourceIds;
  }

  Message write(Account account, Writing writing) {
    String text = writing.text();
    if ((text == null || text.isBlank()) && writing.file() == null) {
      throw Refused.unprocessable("text or attachment is needed");
    }
    List<Message.Attachment> attached = stored(writing.file());
    Long known = writing.conversation();
    var conversation = known == null ? begin(account, writing) : account.conversation(known);
    var draft =
        NewMessage.text(
            Message.Type.INCOMING,
            text == null || text.isBlank() ? null : text,
            SenderRef.contact(conversation.state().contactId()));
    return desk.post(account, conversation, draft.withAttachments(attached));
  }

  /// Presses one of the items of a message. In the web widget the message is answered where it
  /// stands, once; WhatsApp sends the title as a message of its own.
  Message choose(Account account, Conversation conversation, long messageId, String value) {
    Message message = conversation.message(messageId).orElseThrow(Refused::notFound);
    Map<String, Object> item =
        SelectItems.of(message, value)
            .orElseThrow(() -> Refused.unprocessable("the message has no such item"));
    boolean widget =
        account
            .inbox(conversation.state().inboxId())
            .filter(inbox -> inbox.channel().equals("Channel::WebWidget"))
            .isPresent();
    if (!widget) {
      SenderRef contact = SenderRef.contact(conversation.state().contactId());
      String title = String.valueOf(item.get("title"));
      return desk.post(
          account, conversation, NewMessage.text(Message.Type.INCOMING, title, contact));
    }
    if (message.contentAttributes().containsKey("submitted_values")) {
      throw Refused.unprocessable("the message is answered already");
    }
    return desk.submit(account, conversation, messageId, List.of(item));
  }

  private List<Message.Attachment> stored(@Nullable File file) {
    return file == null
        ? List.of()
        : List.of(
            attachments.store(
                installation.ids().attachments.next(), file.name(), file.mime(), file.bytes()));
  }

  private Conversation begin(Account account, Writing writing) {
    Instant now = installation.clock().instant();
    var inbox = inbox(account, writing.inbox());
    Contact contact = contact(account, writing, now);
    account.contacts().address(contact.id(), inbox.id(), sourceId(inbox, contact), now);
    return desk.open(
        account,
        new ConversationDesk.Opening(
            inbox.id(), contact.id(), null, null, null, Map.of(), Map.of()));
  }

  /// WhatsApp's name for a contact is the phone number without the plus sign.
  private String sourceId(InboxSettings inbox, Contact contact) {
    String phone = contact.phoneNumber();
    return phone != null && inbox.channel().equals("Channel::Whatsapp")
        ? phone.substring(1)
        : sourceIds.get();
  }

  private static InboxSettings inbox(Account account, @Nullable Long id) {
    return id == null
        ? account.settings().inboxes().getFirst()
        : account.inbox(id).orElseThrow(Refused::notFound);
  }

  /// The one with this phone number, else a new one.
  private Contact contact(Account account, Writing writing, Instant now) {
    String phone = writing.phone();
    return phone == null
        ? created(account, writing, now)
        : account.contacts().byPhone(phone).orElseGet(() -> created(account, writing, now));
  }

  private Contact created(Account account, Writing writing, Instant now) {
    String name = writing.name();
    var contact =
        account
            .contacts()
            .create(
                new ContactBook.Wanted(
                    name == null ? "Visitante" : name,
                    null,
                    writing.phone(),
                    null,
                    null,
                    null,
                    null),
                now);
    installation.publish(new Happening.ContactCreated(account, contact));
    return contact;
  }
}
