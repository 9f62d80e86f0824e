package io.mcpcrew.crew.tools;

import java.util.Map;

/// Tools that only read: who wants to write is stopped.
public record ReadsOnly(CrewTools tools) implements CrewTools {

  /// Here a write would be.
  public static final class WouldWrite extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WouldWrite(String capability) {
      super(capability, null, false, false);
    }
  }

  @Override
  public Answered read(String path, String capability, Map<String, Object> arguments) {
    return tools.read(path, capability, arguments);
  }

  /// @throws WouldWrite always
  @Override
  public Answered call(String path, String capability, Map<String, Object> arguments) {
    throw new WouldWrite(capability);
  }

  @Override
  public boolean remembers() {
    return tools.remembers();
  }
}
