package io.mcpcrew.mcp;

import io.mcpcrew.mcp.stdio.StdioBridge;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What `./crew mcp` starts, as a program of its own: address, account, token.
final class StdioProgram {
  private StdioProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    OutputStream out = System.out;
    System.setOut(System.err);
    try (var http = HttpClient.newHttpClient()) {
      new StdioBridge(
              http, URI.create(arguments[0]), new AccountId(arguments[1]), () -> arguments[2], out)
          .run(System.in);
    }
  }

  static List<String> command(String address, AccountId account, String token) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        StdioProgram.class.getName(),
        address,
        account.value(),
        token);
  }

  /// For clients that would take the program's options for their own.
  static Path script(Path folder, List<String> command) throws IOException {
    var quoted = Stream.concat(Stream.of("exec"), command.stream().map(word -> "'" + word + "'"));
    return Files.writeString(folder.resolve("server.sh"), String.join(" ", quoted.toList()) + "\n");
  }
}
