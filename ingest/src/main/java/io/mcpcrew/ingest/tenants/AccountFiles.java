package io.mcpcrew.ingest.tenants;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The accounts of a folder: `<account>.json` each.
public record AccountFiles(Path folder) {

  /// An account's settings, with the text that they were read from.
  public record Entry(Tenant tenant, String json) {}

  /// @throws IllegalArgumentException naming the file and the path in it that is wrong
  public List<Entry> read() {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .sorted()
          .map(AccountFiles::entry)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the accounts in " + folder, e);
    }
  }

  private static Entry entry(Path file) {
    String name = file.getFileName().toString().replace(".json", "");
    try {
      String json = Files.readString(file);
      return new Entry(TenantDocuments.parse(new AccountId(name), json), json);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }
}
