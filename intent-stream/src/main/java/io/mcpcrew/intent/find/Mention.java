package io.mcpcrew.intent.find;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Entity;

/// Something that is named in a text.
///
/// @param value in the one form that tools and people compare: `2026-11-21`, `BRL 1234.56`
/// @param start in the text, and end: where it was written
public record Mention(String kind, String value, int start, int end) {
  Entity entity() {
    return new Entity(kind, Content.of(value));
  }

  boolean covers(Word word) {
    return start <= word.start() && word.end() <= end;
  }

  boolean meets(Mention other) {
    return start < other.end && other.start < end;
  }
}
