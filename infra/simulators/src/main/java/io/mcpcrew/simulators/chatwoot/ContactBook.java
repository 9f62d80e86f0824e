package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ConversationState.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The contacts of one account and their addresses in its inboxes.
///
/// Writing is serialised (contacts change rarely); reading is not.
final class ContactBook {
  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

  private final long account;
  private final Sequences ids;
  private final Consumer<Row> journal;
  private final Map<Long, Contact> contacts = new ConcurrentHashMap<>();
  private final Map<String, Long> byUniqueKey = new HashMap<>();
  private final Map<Address, ContactInbox> addresses = new ConcurrentHashMap<>();
  private final Map<SourceKey, ContactInbox> bySource = new ConcurrentHashMap<>();
  private final Map<Long, Long> mergedInto = new ConcurrentHashMap<>();

  private record Address(long contact, long inbox) {}

  private record SourceKey(long inbox, String source) {}

  /// The attributes that a caller gives or changes; null leaves one as it is.
  record Wanted(
      @Nullable String name,
      @Nullable String email,
      @Nullable String phoneNumber,
      @Nullable String identifier,
      @Nullable Map<String, Object> customAttributes,
      @Nullable Map<String, Object> additionalAttributes,
      @Nullable Boolean blocked) {}

  record Edited(Contact contact, List<Change> changes) {}

  ContactBook(long account, Sequences ids, Consumer<Row> journal) {
    this.account = account;
    this.ids = ids;
    this.journal = journal;
  }

  Optional<Contact> find(long id) {
    return Optional.ofNullable(contacts.get(id));
  }

  Contact get(long id) {
    return find(id).orElseThrow(Refused::notFound);
  }

  synchronized Optional<Contact> byPhone(String phoneNumber) {
    return Optional.ofNullable(byUniqueKey.get("phone_number " + phoneNumber)).map(contacts::get);
  }

  synchronized Contact create(Wanted wanted, Instant now) {
    var contact =
        new Contact(
            ids.contacts.next(),
            Objects.requireNonNullElse(wanted.name(), ""),
            lower(blankToNull(wanted.email())),
            blankToNull(wanted.phoneNumber()),
            blankToNull(wanted.identifier()),
            Objects.requireNonNullElse(wanted.customAttributes(), Map.of()),
            Objects.requireNonNullElse(wanted.additionalAttributes(), Map.of()),
            Boolean.TRUE.equals(wanted.blocked()),
            now);
    validate(contact);
    keep(contact);
    journal.accept(Row.of(account, contact));
    return contact;
  }

  synchronized Edited update(long id, Wanted wanted) {
    Contact before = get(id);
    var after =
        new Contact(
            id,
            Objects.requireNonNullElse(wanted.name(), before.name()),
            wanted.email() == null ? before.email() : lower(blankToNull(wanted.email())),
            wanted.phoneNumber() == null ? before.phoneNumber() : blankToNull(wanted.phoneNumber()),
            wanted.identifier() == null ? before.identifier() : blankToNull(wanted.identifier()),
            merged(before.customAttributes(), wanted.customAttributes()),
            merged(before.additionalAttributes(), wanted.additionalAttributes()),
            Objects.requireNonNullElse(wanted.blocked(), before.blocked()),
            before.createdAt());
    validate(after);
    List<Change> changes = changes(before, after);
    if (!changes.isEmpty()) {
      keep(after);
      journal.accept(Row.of(account, after));
    }
    return new Edited(after, changes);
  }

  /// The contact `base` keeps what it has and gets what it lacks of the other, which is deleted.
  synchronized Edited merge(Row.Merge merge) {
    Contact before = get(merge.base());
    Contact gone = get(merge.gone());
    var after =
        new Contact(
            before.id(),
            before.name().isBlank() ? gone.name() : before.name(),
            before.email() == null ? gone.email() : before.email(),
            before.phoneNumber() == null ? gone.phoneNumber() : before.phoneNumber(),
            before.identifier() == null ? gone.identifier() : before.identifier(),
            merged(gone.customAttributes(), before.customAttributes()),
            merged(gone.additionalAttributes(), before.additionalAttributes()),
            before.blocked(),
            before.createdAt());
    replay(merge);
    journal.accept(Row.of(account, merge));
    keep(after);
    journal.accept(Row.of(account, after));
    return new Edited(after, changes(before, after));
  }

  /// The contact itself, or the one it has become part of.
  Optional<Contact> author(long id) {
    return find(mergedInto.getOrDefault(id, id));
  }

  /// The contact's address in an inbox, made when it does not exist yet.
  synchronized ContactInbox address(long contactId, long inboxId, String sourceId, Instant now) {
    var existing = addresses.get(new Address(contactId, inboxId));
    if (existing != null) {
      return existing;
    }
    if (bySource.containsKey(new SourceKey(inboxId, sourceId))) {
      throw Refused.invalid("Source has already been taken", "source_id");
    }
    var made = new ContactInbox(ids.contactInboxes.next(), contactId, inboxId, sourceId, now);
    keep(made);
    journal.accept(Row.of(account, made));
    return made;
  }

  Optional<ContactInbox> address(long contactId, long inboxId) {
    return Optional.ofNullable(addresses.get(new Address(contactId, inboxId)));
  }

  Optional<ContactInbox> bySource(long inboxId, String sourceId) {
    return Optional.ofNullable(bySource.get(new SourceKey(inboxId, sourceId)));
  }

  List<ContactInbox> addressesOf(long contactId) {
    return addresses.values().stream()
        .filter(address -> address.contactId() == contactId)
        .sorted(Comparator.comparingLong(ContactInbox::id))
        .toList();
  }

  /// Those whose name, e-mail, phone number or identifier contains the text, by name.
  List<Contact> search(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return contacts.values().stream()
        .filter(contact -> texts(contact).anyMatch(value -> value.contains(wanted)))
        .sorted(Comparator.comparing(Contact::name).thenComparingLong(Contact::id))
        .toList();
  }

  private static java.util.stream.Stream<String> texts(Contact contact) {
    return java.util.stream.Stream.of(
            Optional.of(contact.name()),
            Optional.ofNullable(contact.email()),
            Optional.ofNullable(contact.phoneNumber()),
            Optional.ofNullable(contact.identifier()))
        .flatMap(Optional::stream)
        .map(value -> value.toLowerCase(Locale.ROOT));
  }

  synchronized void replay(Contact contact) {
    ids.contacts.seen(contact.id());
    keep(contact);
  }

  synchronized void replay(Row.Merge merge) {
    Contact gone = contacts.remove(merge.gone());
    if (gone != null) {
      uniqueKeys(gone).values().forEach(byUniqueKey::remove);
    }
    addressesOf(merge.gone()).forEach(address -> move(address, merge.base()));
    mergedInto.replaceAll((_, into) -> into == merge.gone() ? merge.base() : into);
    mergedInto.put(merge.gone(), merge.base());
  }

  /// An inbox shows one address of a contact; by the other it is still found.
  private void move(ContactInbox address, long contactId) {
    var moved =
        new ContactInbox(
            address.id(), contactId, address.inboxId(), address.sourceId(), address.createdAt());
    addresses.remove(new Address(address.contactId(), address.inboxId()));
    addresses.putIfAbsent(new Address(contactId, address.inboxId()), moved);
    bySource.put(new SourceKey(address.inboxId(), address.sourceId()), moved);
  }

  synchronized void replay(ContactInbox address) {
    ids.contactInboxes.seen(address.id());
    keep(address);
  }

  private void keep(Contact contact) {
    Contact before = contacts.put(contact.id(), contact);
    if (before != null) {
      uniqueKeys(before).values().forEach(byUniqueKey::remove);
    }
    uniqueKeys(contact).values().forEach(key -> byUniqueKey.put(key, contact.id()));
  }

  private void keep(ContactInbox address) {
    addresses.put(new Address(address.contactId(), address.inboxId()), address);
    bySource.put(new SourceKey(address.inboxId(), address.sourceId()), address);
  }

  private void validate(Contact contact) {
    String phone = contact.phoneNumber();
    if (phone != null && !E164.matcher(phone).matches()) {
      throw Refused.invalid("Phone number should be in e164 format", "phone_number");
    }
    String email = contact.email();
    if (email != null && !EMAIL.matcher(email).matches()) {
      throw Refused.invalid("Email Invalid email", "email");
    }
    uniqueKeys(contact).forEach((attribute, key) -> refuseTaken(contact, attribute, key));
  }

  private void refuseTaken(Contact contact, String attribute, String key) {
    Long owner = byUniqueKey.get(key);
    if (owner != null && owner != contact.id()) {
      String words = attribute.replace('_', ' ');
      String named = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
      throw Refused.invalid(named + " has already been taken", attribute);
    }
  }

  private static Map<String, String> uniqueKeys(Contact contact) {
    Map<String, String> keys = new HashMap<>();
    note(keys, "email", contact.email());
    note(keys, "phone_number", contact.phoneNumber());
    note(keys, "identifier", contact.identifier());
    return keys;
  }

  private static void note(Map<String, String> keys, String attribute, @Nullable String value) {
    if (value != null) {
      keys.put(attribute, attribute + " " + value);
    }
  }

  private static List<Change> changes(Contact before, Contact after) {
    List<Change> changes = new ArrayList<>();
    note(changes, "name", before.name(), after.name());
    note(changes, "email", before.email(), after.email());
    note(changes, "phone_number", before.phoneNumber(), after.phoneNumber());
    note(changes, "identifier", before.identifier(), after.identifier());
    note(changes, "custom_attributes", before.customAttributes(), after.customAttributes());
    note(
        changes,
        "additional_attributes",
        before.additionalAttributes(),
        after.additionalAttributes());
    note(changes, "blocked", before.blocked(), after.blocked());
    return changes;
  }

  private static void note(
      List<Change> changes, String attribute, @Nullable Object previous, @Nullable Object current) {
    if (!Objects.equals(previous, current)) {
      changes.add(new Change(attribute, previous, current));
    }
  }

  private static Map<String, Object> merged(
      Map<String, Object> before, @Nullable Map<String, Object> added) {
    if (added == null) {
      return before;
    }
    var merged = new LinkedHashMap<>(before);
    merged.putAll(added);
    return merged;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }
}
