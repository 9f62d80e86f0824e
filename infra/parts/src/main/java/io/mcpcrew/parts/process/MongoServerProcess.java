package io.mcpcrew.parts.process;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/// Runs the MongoDB-protocol server until the process is asked to end.
public final class MongoServerProcess {
  // What is lost at most when the process is killed.
  private static final int COMMIT_EVERY_MILLIS = 100;

  private MongoServerProcess() {}

  public static void main(String[] args) {
    try {
      run(args[0], Integer.parseInt(args[1]), Path.of(args[2]));
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run(String file, int port, Path readyFile) throws Exception {
    MVStore store = new MVStore.Builder().fileName(file).open();
    store.setAutoCommitDelay(COMMIT_EVERY_MILLIS);
    var server = new MongoServer(new H2Backend(store));
    server.bind("127.0.0.1", port);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, store), "stop-mongo"));
    Files.writeString(readyFile, Long.toString(ProcessHandle.current().pid()));
  }

  private static void stop(MongoServer server, MVStore store) {
    server.shutdownNow();
    store.close();
  }
}
