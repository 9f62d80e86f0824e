package io.mcpcrew.simulators.odoo;

import java.util.List;

/// Appointments.
final class CalendarModels {
  static final String EVENT = "calendar.event";

  static final List<Model> ALL = List.of(event());

  private CalendarModels() {}

  private static Model event() {
    return Model.of(
            EVENT,
            Field.text("name", "Meeting Subject").asRequired(),
            Field.of(FieldType.DATETIME, "start", "Start").asRequired(),
            Field.of(FieldType.DATETIME, "stop", "Stop").asRequired(),
            Field.flag("allday", "All Day", false),
            Field.many2one("user_id", "Organizer", BaseModels.USER).otherwise(BaseModels.ONLY),
            Field.many2many("partner_ids", "Attendees", BaseModels.PARTNER),
            Field.selection("show_as", "Show as", "free", "Available", "busy", "Busy")
                .asRequired()
                .otherwise("busy"),
            Field.text("location", "Location"),
            Field.of(FieldType.HTML, "description", "Description"),
            Field.flag("active", "Active", true))
        .orderedBy("start desc")
        .withMessages()
        .ruledBy(new EventRules());
  }

  private static final class EventRules implements Model.Rules {
    @Override
    public void check(Draft draft, Row row) {
      // Times are texts whose order is that of the times.
      if (row.text("stop").compareTo(row.text("start")) < 0) {
        throw OdooError.validation(
            "The ending date and time cannot be earlier than the starting date and time.\n"
                + "Meeting “%s” starts at %s and ends at %s"
                    .formatted(row.text("name"), row.text("start"), row.text("stop")));
      }
    }
  }
}
