package io.mcpcrew.knowledge.memory;

import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.SourceClass;
import java.util.Locale;
import java.util.Set;

/// Who is believed about what.
final class Trust {
  /// Part of a field's name that makes it a price or a promise. `unit_price` is one, `priceless` is
  /// not.
  private static final Set<String> BINDING =
      Set.of("price", "discount", "cost", "fee", "promise", "guarantee", "warranty");

  private Trust() {}

  static boolean isStronger(SourceClass one, SourceClass other) {
    return rank(one) > rank(other);
  }

  /// What a customer or a model says holds for one contact and supports no price.
  static boolean isPersonal(SourceClass source) {
    return source == SourceClass.CUSTOMER || source == SourceClass.MODEL_CONCLUSION;
  }

  /// Whether an observation is about what the company sells or promises.
  static boolean isBinding(Observation observation) {
    String type = observation.type().value();
    return type.equals("PRODUCT")
        || type.startsWith("PRODUCT_")
        || observation.fields().keySet().stream().anyMatch(Trust::isBinding);
  }

  private static boolean isBinding(String field) {
    for (String word : field.split("[^A-Za-z]+", -1)) {
      if (BINDING.contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  private static int rank(SourceClass source) {
    return switch (source) {
      case SYSTEM_OF_RECORD -> 6;
      // Somebody has looked at what was said and knows better.
      case CORRECTION -> 5;
      case COMPANY_PERSON -> 4;
      case DOCUMENT -> 3;
      case MODEL_CONCLUSION -> 2;
      case CUSTOMER -> 1;
      case UNKNOWN -> 0;
    };
  }
}
