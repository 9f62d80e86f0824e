package io.mcpcrew.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The two companies of the first run: a tool shop and a clinic. Their secrets are made at the
/// first start and kept; no secret is ever part of the program.
public final class DemoCompanies {
  /// The accounts, the first of which is what commands use when none is named.
  public static final List<String> ACCOUNTS = List.of("loja", "clinica");

  private static final List<String> SECRETS =
      List.of("bot-token", "user-token", "webhook-secret", "bot-secret", "odoo-key");

  private final Path folder;
  private final String url;

  DemoCompanies(Path folder, String url) {
    this.folder = folder;
    this.url = url;
  }

  /// Writes what is missing and returns the settings of the simulators that play the companies'
  /// Chatwoot and Odoo.
  Map<String, Object> prepare() {
    try {
      Files.createDirectories(folder.resolve("secrets"));
      Files.createDirectories(accounts());
      Map<String, Object> simulators = new TreeMap<>();
      for (String account : ACCOUNTS) {
        for (String secret : SECRETS) {
          makeSecret(account + "." + secret);
        }
      }
      for (String account : ACCOUNTS) {
        Files.writeString(
            accounts().resolve(account + ".json"), filled("accounts/" + account + ".json"));
      }
      simulators.put("spring.config.additional-location", simulatorSettings().toUri().toString());
      return simulators;
    } catch (IOException e) {
      throw new UncheckedIOException("the demo companies cannot be written to " + folder, e);
    }
  }

  Path accounts() {
    return folder.resolve("accounts");
  }

  Path keys() {
    return folder.resolve("keys");
  }

  /// Kept beside the secrets that it repeats, because the simulators read tokens and not
  /// references.
  private Path simulatorSettings() throws IOException {
    Path file = folder.resolve("secrets/simulators.yaml");
    writePrivately(file, filled("simulators.yaml"));
    return file;
  }

  private Path secret(String name) {
    return folder.resolve("secrets").resolve(name);
  }

  private void makeSecret(String name) throws IOException {
    Path file = secret(name);
    if (Files.exists(file)) {
      return;
    }
    byte[] random = new byte[20];
    new SecureRandom().nextBytes(random);
    writePrivately(file, HexFormat.of().formatHex(random));
  }

  /// Nobody else on the machine reads what is in it, from the first byte on.
  private static void writePrivately(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(file, text);
  }

  /// The templates name `${url}`, `${secrets}`, `${data}` and, where a secret itself must stand,
  /// `${secret:name}`.
  private String filled(String resource) throws IOException {
    try (InputStream in =
        DemoCompanies.class.getResourceAsStream("/io/mcpcrew/local/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text = text.replace("${url}", url);
      text = text.replace("${secrets}", folder.resolve("secrets").toString());
      text = text.replace("${data}", folder.toString());
      for (String account : ACCOUNTS) {
        for (String secret : SECRETS) {
          String name = account + "." + secret;
          text = text.replace("${secret:" + name + "}", Files.readString(secret(name)).strip());
        }
      }
      return text;
    }
  }
}
