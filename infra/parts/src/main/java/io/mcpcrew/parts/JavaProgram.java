package io.mcpcrew.parts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a Java program, run by the Java that runs us.
final class JavaProgram {
  private static final List<String> ALWAYS =
      List.of("--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true");

  private static final String LOGGING =
      "-Dlogback.configurationFile=io/mcpcrew/parts/process/logback.xml";

  private JavaProgram() {}

  static List<String> ofMain(String main, String classPath, List<String> flags, List<String> args) {
    return command(flags, List.of(LOGGING, "-cp", classPath, main), args);
  }

  static List<String> ofJar(Path jar, List<String> flags) {
    return command(flags, List.of("-jar", jar.toString()), List.of());
  }

  private static List<String> command(List<String> flags, List<String> program, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ALWAYS);
    command.addAll(flags);
    command.addAll(program);
    command.addAll(args);
    return command;
  }
}
