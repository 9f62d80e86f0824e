package io.mcpcrew.mcp.binding;

import io.mcpcrew.runtime.settings.Filling;
import io.mcpcrew.runtime.settings.YamlDocuments;
import io.mcpcrew.runtime.tenant.BoundedCel;
import io.mcpcrew.schemas.contract.EffectClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks a file against what crews count on. Everything that is wrong is told at once, each with
/// its place, and nothing of a wrong file is offered.
final class BindingReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,15}");
  private static final String KEY = "idempotency_key";
  private static final String CUSTOMER = "customer_id";
  private static final String DRY_RUN = "dry_run";
  private static final String ORDER_STATUS = "order.status";

  private static final Map<String, EffectClass> READS = Map.of("read", EffectClass.READ);
  private static final Map<String, EffectClass> WRITES =
      Map.of(
          "keyed", EffectClass.KEYED,
          "checkable", EffectClass.CHECKABLE,
          "blind", EffectClass.BLIND);

  private final Map<String, Capability> capabilities;
  private final List<String> wrong = new ArrayList<>();

  private BindingReader(Map<String, Capability> capabilities) {
    this.capabilities = capabilities;
  }

  /// As it stands in the file.
  record File(
      String name,
      String system,
      @Nullable String path,
      @Nullable String header,
      Map<String, Entry> tools) {}

  record Entry(
      String call,
      @Nullable String effect,
      @Nullable Map<String, Object> with,
      @Nullable String records,
      @Nullable String only,
      @Nullable Map<String, Object> fields) {}

  /// @param file its name, for what is said of it
  /// @throws IllegalArgumentException naming the file and all that is wrong in it
  static Binding read(String file, String yaml, Map<String, Capability> capabilities) {
    File written = YamlDocuments.read(file, yaml, File.class);
    var reader = new BindingReader(capabilities);
    Binding binding = reader.binding(written);
    if (!reader.wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "%s cannot be used: %s".formatted(file, String.join("; ", reader.wrong)));
    }
    return binding;
  }

  /// Only what the file's connector is called.
  static String nameIn(String file, String yaml) {
    return String.valueOf(YamlDocuments.read(file, yaml, File.class).name());
  }

  /// What a bound tool is asked for: as the capability, but for a dry run that its system does not
  /// offer. To ignore that one would write what was only to be tried.
  static Map<String, Object> schema(Binding.Bound tool) {
    Map<String, Object> schema = new LinkedHashMap<>(tool.capability().tool().inputSchema());
    Map<String, Object> properties = tool.capability().properties();
    if (!Filling.names(tool.with()).contains(DRY_RUN)) {
      properties.remove(DRY_RUN);
    }
    schema.put("properties", properties);
    return schema;
  }

  private Binding binding(File file) {
    if (file.name() == null || !NAME.matcher(file.name()).matches()) {
      wrong.add("name: a word of 2 to 16 lower case letters and digits");
    }
    if (file.system() == null || file.system().isBlank()) {
      wrong.add("system: what people call it");
    }
    Map<String, Entry> entries = Objects.requireNonNullElse(file.tools(), Map.of());
    if (entries.isEmpty()) {
      wrong.add("tools: at least one capability");
    }
    List<Binding.Bound> tools = new ArrayList<>();
    entries.forEach((name, entry) -> {
      Capability capability = capabilities.get(name);
      if (capability == null) {
        wrong.add(
            "tools.%s: no such capability; there are %s"
                .formatted(name, String.join(", ", capabilities.keySet())));
      } else {
        tools.add(bound(capability, entry, entries.keySet()));
      }
    });
    return new Binding(
        String.valueOf(file.name()),
        String.valueOf(file.system()),
        Objects.requireNonNullElse(file.path(), ""),
        Objects.requireNonNullElse(file.header(), "Authorization"),
        tools);
  }

  private Binding.Bound bound(Capability capability, Entry entry, Set<String> bound) {
    String at = "tools." + capability.name() + ".";
    if (entry.call() == null || entry.call().isBlank()) {
      wrong.add(at + "call: the foreign tool's name");
    }
    Map<String, Object> with = Objects.requireNonNullElse(entry.with(), Map.of());
    Optional<BoundedCel> only = only(at, entry);
    var tool =
        new Binding.Bound(
            capability,
            effect(at, capability, entry),
            String.valueOf(entry.call()),
            with,
            Objects.requireNonNullElse(entry.records(), ""),
            only,
            fields(at, capability, entry));
    checkArguments(at, tool, Objects.requireNonNullElse(entry.only(), ""));
    checkKey(at, tool, bound);
    checkWhose(at, tool, Objects.requireNonNullElse(entry.only(), ""), bound);
    return tool;
  }

  private Optional<BoundedCel> only(String at, Entry entry) {
    try {
      return Optional.ofNullable(entry.only())
          .map(condition -> BoundedCel.of(FieldRule.LANGUAGE, condition));
    } catch (IllegalArgumentException e) {
      wrong.add(at + "only: " + e.getMessage());
      return Optional.empty();
    }
  }

  private EffectClass effect(String at, Capability capability, Entry entry) {
    boolean reads = capability.tool().effect() == EffectClass.READ;
    String said = Objects.requireNonNullElse(entry.effect(), reads ? "read" : "blind");
    Map<String, EffectClass> possible = reads ? READS : WRITES;
    if (!possible.containsKey(said)) {
      wrong.add(
          "%seffect: %s".formatted(at, reads ? "it only reads" : "keyed, checkable or blind"));
    }
    return possible.getOrDefault(said, EffectClass.BLIND);
  }

  private Map<String, FieldRule> fields(String at, Capability capability, Entry entry) {
    Map<String, Object> written = Objects.requireNonNullElse(entry.fields(), Map.of());
    Map<String, FieldRule> rules = new LinkedHashMap<>();
    written.forEach((name, rule) -> {
      if (!capability.fields().containsKey(name)) {
        wrong.add(
            "%sfields.%s: a record of it has %s"
                .formatted(
                    at, name, String.join(", ", new TreeSet<>(capability.fields().keySet()))));
        return;
      }
      try {
        rules.put(name, FieldRule.of(rule));
      } catch (IllegalArgumentException e) {
        wrong.add("%sfields.%s: %s".formatted(at, name, e.getMessage()));
      }
    });
    var missing = new TreeSet<>(capability.tells().keySet());
    missing.removeAll(written.keySet());
    if (!missing.isEmpty()) {
      wrong.add("%sfields: crews count on %s too".formatted(at, String.join(", ", missing)));
    }
    return rules;
  }

  private void checkArguments(String at, Binding.Bound tool, String only) {
    Set<String> used = Filling.names(tool.with());
    var unknown = new TreeSet<>(used);
    unknown.removeAll(tool.capability().arguments());
    if (!unknown.isEmpty()) {
      wrong.add(
          "%swith: {%s} is not known; it is asked for %s"
              .formatted(at, unknown.getFirst(), String.join(", ", tool.capability().arguments())));
    }
    var unused = new TreeSet<>(tool.capability().required());
    unused.removeIf(
        name -> name.equals(KEY) || used.contains(name) || only.contains("arguments." + name));
    if (!unused.isEmpty()) {
      wrong.add("%swith: {%s} is not used".formatted(at, unused.getFirst()));
    }
  }

  private void checkKey(String at, Binding.Bound tool, Set<String> bound) {
    boolean wanted = tool.effect() == EffectClass.KEYED || tool.effect() == EffectClass.CHECKABLE;
    boolean given = Filling.names(tool.with()).contains(KEY);
    if (wanted && !(given && bound.contains(Capability.FIND_BY_KEY))) {
      wrong.add(
          "%seffect: such a tool is given {idempotency_key}, and find_by_key is bound too"
              .formatted(at));
    }
  }

  /// What is one customer's is told to no other.
  private void checkWhose(String at, Binding.Bound tool, String only, Set<String> bound) {
    boolean asked =
        Filling.names(tool.with()).contains(CUSTOMER) || only.contains("arguments." + CUSTOMER);
    boolean looked = tool.effect() != EffectClass.READ && bound.contains(ORDER_STATUS);
    if (tool.capability().whose() && !asked && !looked) {
      wrong.add(
          "%sonly: {customer_id} must count, in `with` or in a condition such as \"!has(arguments.customer_id) || item.customer == arguments.customer_id\"%s"
              .formatted(
                  at,
                  tool.effect() == EffectClass.READ ? "" : "; or order.status must be bound too"));
    }
  }
}
