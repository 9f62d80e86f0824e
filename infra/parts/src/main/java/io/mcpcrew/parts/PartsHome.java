package io.mcpcrew.parts;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where this module's build has laid what the child processes run: their jars and the registry.
///
/// That is `infra/parts/target` of the checkout. The checkout is the folder that the system
/// property `mcpcrew.root` names, or else one above the working directory or above this class's own
/// jar. So the class path of whoever uses this module does not matter, and stays free of the
/// broker's libraries.
record PartsHome(Path folder) {
  private static final Path BELOW_ROOT = Path.of("infra", "parts", "target");
  private static final Path JAR_NAMES = Path.of("process", "jars");

  static PartsHome find() {
    return Stream.of(namedRoot(), upwards(Path.of("")), upwards(ownCode()))
        .flatMap(roots -> roots)
        .map(root -> root.resolve(BELOW_ROOT))
        .filter(target -> Files.isRegularFile(target.resolve(JAR_NAMES)))
        .findFirst()
        .map(PartsHome::new)
        .orElseThrow(PartsHome::notBuilt);
  }

  /// The class path of our own mains: this module's classes, then the jars that its build listed.
  String classPath() {
    return Stream.concat(Stream.of(ownCode()), jars())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  Path jar(String artifact) {
    return jars()
        .filter(jar -> Objects.toString(jar.getFileName()).startsWith(artifact + "-"))
        .findFirst()
        .orElseThrow(
            () -> new PartFailure(artifact + " is missing in " + folder + "; build anew."));
  }

  /// For the archive of a part's classes that many short-lived ones share.
  Path archives(String part) {
    return folder.resolve("archives").resolve(part);
  }

  /// The unpacked registry.
  Path registry() {
    return folder.resolve("registry");
  }

  private Stream<Path> jars() {
    Path names = folder.resolve(JAR_NAMES);
    try {
      return Arrays.stream(Files.readString(names).strip().split(":", -1))
          .map(name -> names.resolveSibling(name).normalize());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + names, e);
    }
  }

  private static Stream<Path> namedRoot() {
    return Stream.ofNullable(System.getProperty("mcpcrew.root")).map(Path::of);
  }

  private static Stream<Path> upwards(Path from) {
    Path start = from.toAbsolutePath();
    return Stream.concat(
        Stream.of(start), Stream.ofNullable(start.getParent()).flatMap(PartsHome::upwards));
  }

  private static Path ownCode() {
    return Path.of(
        URI.create(PartsHome.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static PartFailure notBuilt() {
    return new PartFailure(
        "The programs of the broker and its neighbours are not built: there is no "
            + BELOW_ROOT.resolve(JAR_NAMES)
            + " in any folder above "
            + Path.of("").toAbsolutePath()
            + ". Run ./crew up once in the checkout, or start with -Dmcpcrew.root=<checkout>.");
  }
}
