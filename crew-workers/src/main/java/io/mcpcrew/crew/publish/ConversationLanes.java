package io.mcpcrew.crew.publish;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/// Runs tasks of one conversation one after the other in their order, those of different
/// conversations side by side. A lane is there only while it has something to do.
final class ConversationLanes {
  private final ExecutorService threads;
  private final Map<String, Queue<Runnable>> lanes = new HashMap<>();

  ConversationLanes(ExecutorService threads) {
    this.threads = threads;
  }

  void run(String conversation, Runnable task) {
    synchronized (lanes) {
      Queue<Runnable> waiting = lanes.get(conversation);
      if (waiting != null) {
        waiting.add(task);
        return;
      }
      lanes.put(conversation, new ArrayDeque<>());
    }
    start(conversation, task);
  }

  private void start(String conversation, Runnable task) {
    try {
      threads.execute(() -> {
        try {
          task.run();
        } finally {
          next(conversation);
        }
      });
    } catch (RejectedExecutionException closing) {
      // Not begun and not done: it is read again.
    }
  }

  private void next(String conversation) {
    Runnable task;
    synchronized (lanes) {
      Queue<Runnable> waiting = lanes.get(conversation);
      task = waiting == null ? null : waiting.poll();
      if (task == null) {
        lanes.remove(conversation);
        return;
      }
    }
    start(conversation, task);
  }
}
