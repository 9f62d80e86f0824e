package io.mcpcrew.crew.guard;

/// What a guard found.
///
/// @param what for a person and the log; holds no more of the text than the finding itself
public record Finding(Guard guard, Guard.Mode mode, String what) {

  public boolean stops() {
    return mode == Guard.Mode.ENFORCE;
  }
}
