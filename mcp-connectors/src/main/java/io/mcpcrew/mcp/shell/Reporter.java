package io.mcpcrew.mcp.shell;

/// How a running call tells its client how far it is. Nobody has to listen: a call without a
/// session has no way back, and a client may not have asked. A tool therefore reports without
/// checking, and never fails because of a report.
public interface Reporter {
  /// For calls without a session.
  Reporter SILENT =
      new Reporter() {
        @Override
        public void progress(double done, double total) {}

        @Override
        public void log(String line) {}
      };

  /// @param done more than at the last report of this call
  void progress(double done, double total);

  /// A line for the people behind the client, in whose log it may stay: no secrets.
  void log(String line);
}
