package io.mcpcrew.crew.claim;

/// How many turns a worker may hold at once. One that has just begun holds few, and may hold one
/// more for each that it has brought to an end: a new worker that meets a crowd then ends the first
/// of it instead of beginning all and ending none, and if it is killed, few are lost with it.
///
/// It never gets smaller: how long turns take is their tools' and models' affair, and says nothing
/// of how many may wait for those.
public final class Window {
  private static final int AT_FIRST = 100;

  /// A poll brings no more than these.
  private static final int LARGEST_POLL = 500;

  private final int most;
  private int size;
  private int held;

  public Window(int most) {
    this(AT_FIRST, most);
  }

  Window(int first, int most) {
    this.most = most;
    this.size = Math.min(first, most);
  }

  /// How many turns may be taken now; none until there is room for a good part of what can be: few
  /// at a time cost a transaction each.
  synchronized int room() {
    int room = size - held;
    return room >= Math.min(LARGEST_POLL, Math.max(1, size / 2)) ? room : 0;
  }

  synchronized void taken() {
    held++;
  }

  /// A turn has come to its end here, whichever.
  public synchronized void ended() {
    held--;
    size = Math.min(most, size + 1);
  }

  public synchronized int held() {
    return held;
  }
}
