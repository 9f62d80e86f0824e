package io.mcpcrew.crew.model;

import dev.langchain4j.model.chat.ChatModel;
import io.mcpcrew.runtime.http.GuardedHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/// How a model of any module of LangChain4j is built: by its class's own builder, whose words are
/// found by their names. What an operator wrote wrongly is told when a worker starts, and not to
/// the first customer.
final class ModelRecipe {
  private static final ConversionService CONVERSION =
      ApplicationConversionService.getSharedInstance();

  /// What modules call the same thing; the first that a builder knows.
  private static final List<String> NAME = List.of("modelName", "modelId", "deploymentName");

  private static final List<String> ADDRESS = List.of("baseUrl", "endpoint", "endpointOverride");
  private static final List<String> KEY = List.of("apiKey", "accessToken");
  private static final List<String> LONGEST =
      List.of("maxTokens", "maxOutputTokens", "maxCompletionTokens", "numPredict");

  private final ClassLoader loader;
  private final Method builder;
  private final List<Told> told;
  private final @Nullable Method key;

  private ModelRecipe(ClassLoader loader, Method builder, List<Told> told, @Nullable Method key) {
    this.loader = loader;
    this.builder = builder;
    this.told = told;
    this.key = key;
  }

  /// One word of a builder, and what it is told.
  private record Told(Method word, Object value) {}

  /// @throws IllegalArgumentException with what is wrong, for the operator
  static ModelRecipe of(ModelsSettings.Model settings, GuardedHttp http) {
    var module = Objects.requireNonNull(settings.module());
    ClassLoader loader = loader(module.jars());
    Method builder = builder(module.type(), loader);
    var words = new Words(module.type(), builder.getReturnType());
    List<Told> told = new ArrayList<>();
    told.add(words.needed("name", NAME, settings.name()));
    if (settings.url() != null) {
      told.add(words.needed("url", ADDRESS, settings.address()));
    }
    words.known(LONGEST, settings.longestAnswer()).ifPresent(told::add);
    if (settings.temperature() != null) {
      told.add(words.needed("temperature", List.of("temperature"), settings.temperature()));
    }
    words.known(List.of("timeout"), settings.timeout()).ifPresent(told::add);
    // We ask again ourselves.
    words.known(List.of("maxRetries"), 0).ifPresent(told::add);
    words
        .known(List.of("httpClientBuilder"), new GuardedModelHttp(http, Mending.NONE))
        .ifPresent(told::add);
    module
        .options()
        .forEach((name, value) ->
            told.add(words.needed("module.options." + name, List.of(name), value)));
    Method key = settings.key() == null ? null : words.needed("key", KEY, "a key").word();
    return new ModelRecipe(loader, builder, told, key);
  }

  /// The class that is built.
  @Override
  public String toString() {
    return builder.getDeclaringClass().getName();
  }

  /// Where the module's classes are found.
  ClassLoader loader() {
    return loader;
  }

  /// @param secret what its builder is told as the key; null where the settings name none
  /// @throws NotBuilt when the builder does not like what it was told
  ChatModel build(@Nullable String secret) {
    try {
      Object made = called(builder, null);
      for (Told one : told) {
        made = called(one.word(), made, one.value());
      }
      if (key != null && secret != null) {
        made = called(key, made, secret);
      }
      return (ChatModel) called(open(made.getClass().getMethod("build")), made);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new NotBuilt(e);
    }
  }

  private static Object called(Method method, @Nullable Object of, Object... arguments)
      throws ReflectiveOperationException {
    return Objects.requireNonNull(method.invoke(of, arguments), () -> method + " gave nothing");
  }

  /// A builder does not build. Why is for the log: it may say what it was told.
  static final class NotBuilt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotBuilt(Exception why) {
      super("its builder does not build it; the worker's log says why", why);
    }
  }

  private static Method builder(String type, ClassLoader loader) {
    try {
      Class<?> model = Class.forName(type, true, loader);
      if (!ChatModel.class.isAssignableFrom(model)) {
        throw wrong("type", type + " is not a ChatModel of LangChain4j");
      }
      Method builder = model.getMethod("builder");
      if (!Modifier.isStatic(builder.getModifiers())) {
        throw wrong("type", type + " has no builder of its own");
      }
      return open(builder);
    } catch (ClassNotFoundException | LinkageError e) {
      throw wrong(
          "type", "%s cannot be loaded (%s); its jars belong into module.jars".formatted(type, e));
    } catch (NoSuchMethodException e) {
      throw wrong("type", type + " has no builder");
    }
  }

  /// LangChain4j's core is ours, whichever one lies beside the module.
  private static ClassLoader loader(@Nullable Path jars) {
    ClassLoader ours = ModelRecipe.class.getClassLoader();
    if (jars == null) {
      return ours;
    }
    if (!Files.isDirectory(jars)) {
      throw wrong("jars", jars + " is not a folder");
    }
    try (var files = Files.list(jars)) {
      URL[] all =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .sorted()
              .map(ModelRecipe::url)
              .toArray(URL[]::new);
      return new URLClassLoader("model " + jars, all, ours);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A builder's base class may be seen in its package only.
  private static Method open(Method method) {
    method.trySetAccessible();
    return method;
  }

  private static IllegalArgumentException wrong(String setting, String why) {
    return new IllegalArgumentException("crew.models.*.module.%s: %s".formatted(setting, why));
  }

  /// What a builder can be told.
  private record Words(String type, Class<?> builder) {

    Told needed(String setting, List<String> names, Object value) {
      return known(names, value)
          .orElseThrow(() ->
              new IllegalArgumentException(
                  names.stream().allMatch(name -> named(name).isEmpty())
                      ? "crew.models.*.%s: the builder of %s has no %s; it has %s"
                          .formatted(setting, type, String.join(" or ", names), all())
                      : "crew.models.*.%s: %s takes no '%s' as %s"
                          .formatted(setting, type, value, String.join(" or ", names))));
    }

    /// The first of the names that it knows and that takes the value; nothing if there is none.
    Optional<Told> known(List<String> names, Object value) {
      return names.stream()
          .flatMap(name -> named(name).stream())
          .flatMap(word -> told(word, value).stream())
          .findFirst();
    }

    /// As it is written in Java or as in settings, `topP` or `top-p`.
    private List<Method> named(String name) {
      String plain = plain(name);
      return words().filter(method -> plain(method.getName()).equals(plain)).toList();
    }

    /// Public methods that take one thing and give the builder back, by themselves or by what they
    /// inherit.
    private Stream<Method> words() {
      return Arrays.stream(builder.getMethods())
          .filter(method -> method.getParameterCount() == 1)
          .filter(method -> method.getReturnType() != Object.class)
          .filter(method -> method.getReturnType().isAssignableFrom(builder))
          .sorted(Comparator.comparing(Words::isOfText).reversed());
    }

    /// A word that is there for texts and for constants means the same by both.
    private static boolean isOfText(Method word) {
      return word.getParameterTypes()[0] == String.class;
    }

    private static String plain(String name) {
      return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<Told> told(Method word, Object value) {
      var wanted = TypeDescriptor.valueOf(word.getParameterTypes()[0]);
      var given = TypeDescriptor.forObject(value);
      if (wanted.getObjectType().isInstance(value)) {
        return Optional.of(new Told(open(word), value));
      }
      if (!CONVERSION.canConvert(given, wanted)) {
        return Optional.empty();
      }
      try {
        Object converted = CONVERSION.convert(value, given, wanted);
        return Optional.ofNullable(converted).map(as -> new Told(open(word), as));
      } catch (ConversionException notOfThatKind) {
        return Optional.empty();
      }
    }

    private String all() {
      return words().map(Method::getName).distinct().sorted().collect(Collectors.joining(", "));
    }
  }
}
