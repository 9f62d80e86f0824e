package io.mcpcrew.simulators.odoo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A method that can be called, and the names of its arguments.
///
/// @param onRecords true when it works on `ids`; a method of the model itself refuses them
/// @param offered on which models there is such a method
record Method(
    String name,
    boolean onRecords,
    Predicate<Model> offered,
    Set<String> required,
    Set<String> optional,
    Work work) {

  sealed interface Work {}

  /// Looks at a snapshot, without any lock.
  record Reads(Reading how) implements Work {}

  /// Changes a draft, one caller at a time.
  record Writes(Writing how) implements Work {}

  interface Reading {
    @Nullable Object answer(Snapshot snapshot, Call call);
  }

  interface Writing {
    @Nullable Object answer(Draft draft, Call call);
  }

  static Method ofModel(String name, Work work) {
    return new Method(name, false, _ -> true, Set.of(), Set.of(), work);
  }

  static Method ofRecords(String name, Work work) {
    return new Method(name, true, _ -> true, Set.of(), Set.of(), work);
  }

  Method needs(String... names) {
    return new Method(name, onRecords, offered, Set.of(names), optional, work);
  }

  Method takes(String... names) {
    return new Method(name, onRecords, offered, required, Set.of(names), work);
  }

  Method on(Predicate<Model> models) {
    return new Method(name, onRecords, models, required, optional, work);
  }

  /// Sorts a request's body into ids, context and arguments.
  Call called(Model model, Map<String, @Nullable Object> body) {
    if (!onRecords && body.containsKey("ids")) {
      throw OdooError.unprocessable("cannot call %s.%s with ids".formatted(model.name(), name));
    }
    var context = CallContext.of(body.get("context"));
    Map<String, @Nullable Object> arguments = new HashMap<>(body);
    arguments.keySet().removeAll(Set.of("ids", "context"));
    requireSignature(arguments.keySet());
    return new Call(model, ids(body.get("ids")), arguments, context);
  }

  /// Names are looked at before the method is called; one that takes any name complains itself.
  private void requireSignature(Set<String> given) {
    for (String argument : given) {
      if (!required.contains(argument) && !optional.contains(argument)) {
        String text = "got an unexpected keyword argument '" + argument + "'";
        throw name.equals("search_read")
            ? OdooError.type("BaseModel._read_format() " + text)
            : OdooError.unprocessable(text);
      }
    }
    required.stream()
        .filter(argument -> !given.contains(argument))
        .sorted()
        .findFirst()
        .ifPresent(argument -> {
          throw OdooError.unprocessable("missing a required argument: '" + argument + "'");
        });
  }

  private static List<Long> ids(@Nullable Object raw) {
    Stream<?> items =
        switch (raw) {
          case null -> Stream.of();
          case List<?> list -> list.stream();
          case Object single -> Stream.of(single);
        };
    return items.map(Method::id).distinct().toList();
  }

  private static Long id(Object raw) {
    if (raw instanceof Number number) {
      return number.longValue();
    }
    throw OdooError.type("Invalid record id: " + raw);
  }
}
