package io.mcpcrew.mcp.odoo;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.mcp.shell.JsonSchema;
import io.mcpcrew.mcp.shell.ToolAnswer;
import io.mcpcrew.mcp.shell.ToolCall;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Appointments in somebody's calendar, where nothing else is.
final class Visits {
  private static final String MODEL = "calendar.event";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
  private static final List<String> FIELDS =
      List.of("name", "start", "stop", "user_id", "location", "description");

  private final Odoo odoo;
  private final Effects effects;
  private final Customers customers;
  private final InstantSource clock;

  /// Whose calendar it is.
  private record Host(long user, long partner, String name) {}

  private record Slot(Instant start, Instant end) {}

  Visits(Odoo odoo, Effects effects, Customers customers, InstantSource clock) {
    this.odoo = odoo;
    this.effects = effects;
    this.customers = customers;
    this.clock = clock;
  }

  List<ConnectorTool> tools() {
    return List.of(
        ConnectorTool.read(
            "free_times",
            "Free times",
            "Lists the times of a day, on the full hour, at which the company is open and one of its people has nothing else in the calendar. Ten at most.",
            "visit.free",
            JsonSchema.arguments()
                .required("date", "string", "Which day, e.g. `2026-12-01`.")
                .number("minutes", 5, 720, 60, "How long it must be free.")
                .optional(
                    "with", "string", "In whose calendar, by name; else the connection's own."),
            JsonSchema.result().objects("records", "start, time (`14:00`), with"),
            this::free),
        ConnectorTool.keyed(
            "schedule_visit",
            "Schedule a visit",
            "Books an appointment in the calendar of one of the company's people, if nothing else is there at that time; else it tells what is taken on that day. Sends no invitation: tell the customer yourself. A second call with the same key gives the appointment of the first.",
            "visit.schedule",
            "find_by_key",
            Customers.arguments(JsonSchema.writeArguments())
                .required("title", "string", "What it is about, e.g. `Consulta Cardiologia`.")
                .required(
                    "start",
                    "string",
                    "When, e.g. `2026-12-01T14:30`: in the company's time zone, unless it ends with an offset such as `-03:00`.")
                .number("minutes", 5, 720, 60, "How long.")
                .optional(
                    "with", "string", "In whose calendar, by name; else the connection's own.")
                .optional("location", "string", "Where.")
                .optional("notes", "string", "What else people should know.")
                .dryRun(),
            JsonSchema.result()
                .objects("records", "id, title, start, end, with, location; of a dry run no id"),
            this::schedule));
  }

  private ToolAnswer free(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    LocalDate day = day(call.arguments().text("date"));
    Host host = host(call);
    Instant from = day.atStartOfDay(call.timezone()).toInstant();
    List<FreeTimes.Busy> taken =
        busy(call, host, from, day.plusDays(1).atStartOfDay(call.timezone()).toInstant()).stream()
            .map(event -> new FreeTimes.Busy(utc(event.text("start")), utc(event.text("stop"))))
            .toList();
    List<Map<String, Object>> times =
        FreeTimes.on(
                day,
                call.timezone(),
                call.call().tenant().document().conduct().opening(),
                taken,
                Duration.ofMinutes(call.arguments().number("minutes", 60, 5, 720)),
                clock.instant())
            .stream()
            .map(start ->
                Map.<String, Object>of(
                    "start", local(start.toInstant(), call),
                    "time", HOUR.format(start),
                    "with", host.name()))
            .toList();
    return new ToolAnswer.Result(
        times.isEmpty() ? "nothing is free on that day" : times.size() + " times are free",
        Map.of("records", times));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("date must be like 2026-12-01", e);
    }
  }

  private ToolAnswer schedule(ToolCall given) throws IOException, InterruptedException {
    OdooCall call = OdooCall.of(given);
    if (call.isDryRun()) {
      return dryRun(call);
    }
    var key = EffectKey.of(call);
    Optional<Effects.Made> there = effects.find(call, key);
    if (there.isPresent()) {
      return effects.told(call, kind(call), key, there.get(), "the visit was there already");
    }
    Slot slot = slot(call);
    Host host = host(call);
    try {
      requireFree(call, host, slot, 0);
    } catch (IllegalArgumentException taken) {
      // Perhaps by the same call, which came a moment earlier.
      there = effects.find(call, key);
      return effects.told(
          call, kind(call), key, there.orElseThrow(() -> taken), "the visit was there already");
    }
    long id = effects.make(call, MODEL, key, sheet(call, key, host, slot));
    withdrawIfTaken(call, host, slot, id);
    return effects.told(call, kind(call), key, new Effects.Made(MODEL, id), "visit created");
  }

  private ToolAnswer dryRun(OdooCall call) throws IOException, InterruptedException {
    Slot slot = slot(call);
    Host host = host(call);
    requireFree(call, host, slot, 0);
    Map<String, Object> visit = new LinkedHashMap<>();
    visit.put("title", call.arguments().text("title"));
    visit.put("start", local(slot.start(), call));
    visit.put("end", local(slot.end(), call));
    visit.put("with", host.name());
    visit.put("dry_run", true);
    return new ToolAnswer.Result(
        "the time is free; nothing was stored", Map.of("records", List.of(visit)));
  }

  /// Two visits can be stored at the same instant, each before it sees the other. At least one of
  /// the two then sees both and steps back, so that nobody is promised a time twice.
  private void withdrawIfTaken(OdooCall call, Host host, Slot slot, long own)
      throws IOException, InterruptedException {
    try {
      requireFree(call, host, slot, own);
    } catch (IllegalArgumentException taken) {
      odoo.call(call, MODEL, "unlink", Map.of("ids", List.of(own)));
      throw taken;
    }
  }

  private Slot slot(OdooCall call) {
    Arguments arguments = call.arguments();
    Instant start = instant(arguments.text("start"), call.timezone());
    if (start.isBefore(clock.instant())) {
      throw new IllegalArgumentException("start is in the past");
    }
    return new Slot(start, start.plus(arguments.number("minutes", 60, 5, 720), ChronoUnit.MINUTES));
  }

  private static Instant instant(String text, ZoneId zone) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException withoutOffset) {
      try {
        return LocalDateTime.parse(text).atZone(zone).toInstant();
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("start must be like 2026-12-01T14:30", e);
      }
    }
  }

  private Host host(OdooCall call) throws IOException, InterruptedException {
    Optional<String> name = call.arguments().optionalText("with");
    List<?> condition =
        name.isPresent() ? List.of("name", "ilike", name.get()) : List.of("id", "=", ownUser(call));
    List<Row> found =
        odoo.search(call, "res.users", Query.where(condition).give("name", "partner_id").most(5));
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.isEmpty()
              ? "nobody here is called " + name.orElse("so")
              : "several people fit: " + found.stream().map(row -> row.text("name")).toList());
    }
    Row user = found.getFirst();
    return new Host(user.id(), user.reference("partner_id").orElse(0), user.text("name"));
  }

  private long ownUser(OdooCall call) throws IOException, InterruptedException {
    return odoo.call(call, "res.users", "context_get", Map.of()).path("uid").asLong();
  }

  private void requireFree(OdooCall call, Host host, Slot slot, long except)
      throws IOException, InterruptedException {
    boolean taken =
        busy(call, host, slot.start(), slot.end()).stream().anyMatch(event -> event.id() != except);
    if (taken) {
      throw new IllegalArgumentException(
          "%s is not free then; taken on that day: %s"
              .formatted(host.name(), takenOn(call, host, slot.start(), except)));
    }
  }

  private String takenOn(OdooCall call, Host host, Instant start, long except)
      throws IOException, InterruptedException {
    LocalDate day = LocalDate.ofInstant(start, call.timezone());
    Instant from = day.atStartOfDay(call.timezone()).toInstant();
    return busy(call, host, from, from.plus(1, ChronoUnit.DAYS)).stream()
        .filter(event -> event.id() != except)
        .map(event -> hours(event, call.timezone()))
        .collect(Collectors.joining(", "));
  }

  private static String hours(Row event, ZoneId zone) {
    return "%s to %s"
        .formatted(
            HOUR.format(utc(event.text("start")).atZone(zone)),
            HOUR.format(utc(event.text("stop")).atZone(zone)));
  }

  /// What the person has invited to or takes part in.
  private List<Row> busy(OdooCall call, Host host, Instant from, Instant to)
      throws IOException, InterruptedException {
    return odoo.search(
        call,
        MODEL,
        Query.of(
                List.of(
                    "|",
                    List.of("user_id", "=", host.user()),
                    List.of("partner_ids", "in", List.of(host.partner())),
                    List.of("show_as", "=", "busy"),
                    List.of("start", "<", text(to)),
                    List.of("stop", ">", text(from))))
            .give("start", "stop")
            .most(50)
            .order("start"));
  }

  private Sheet sheet(OdooCall call, EffectKey key, Host host, Slot slot)
      throws IOException, InterruptedException {
    Arguments arguments = call.arguments();
    Map<String, Object> visit = Sheet.head("name", arguments.text("title"));
    visit.put("start", text(slot.start()));
    visit.put("stop", text(slot.end()));
    visit.put("user_id/.id", host.user());
    visit.put("partner_ids/.id", attendees(call, host));
    arguments.optionalText("location").ifPresent(place -> visit.put("location", place));
    visit.put("description", Html.of(arguments.optionalText("notes").orElse(""), key.mark()));
    return Sheet.of(visit);
  }

  private String attendees(OdooCall call, Host host) throws IOException, InterruptedException {
    return Customers.isNamed(call.arguments())
        ? host.partner() + "," + customers.named(call).id()
        : Long.toString(host.partner());
  }

  private static Effects.Kind kind(OdooCall call) {
    return new Effects.Kind("visit", MODEL, "description", FIELDS, row -> visit(row, call));
  }

  private static Map<String, Object> visit(Row row, OdooCall call) {
    Map<String, Object> visit = new LinkedHashMap<>();
    visit.put("id", row.id());
    visit.put("title", row.text("name"));
    visit.put("start", local(utc(row.text("start")), call));
    visit.put("end", local(utc(row.text("stop")), call));
    visit.put("with", row.label("user_id"));
    visit.put("location", row.text("location"));
    return visit;
  }

  private static String local(Instant time, OdooCall call) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(call.timezone()));
  }

  private static Instant utc(String text) {
    return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
  }

  private static String text(Instant time) {
    return TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}
