package io.mcpcrew.crew.guard;

/// The guards, as a crew's settings name them.
public enum Guard {
  /// A message or a tool's result tries to give the model orders.
  INJECTION("injection", Mode.ENFORCE),
  /// A number, price, date or code that nothing of this turn supports.
  NUMBERS("numbers", Mode.ENFORCE),
  /// Somebody's document, address, telephone or card that the customer has not named.
  PERSONAL_DATA("personal-data", Mode.ENFORCE),
  /// Our instructions, names of tools, keys.
  LEAKAGE("leakage", Mode.ENFORCE),
  /// Another price or date for what was promised before.
  CONTRADICTION("contradiction", Mode.REPORT),
  /// Shouting, rude words.
  TONE("tone", Mode.REPORT),
  /// Longer than the channel carries.
  LENGTH("length", Mode.ENFORCE);

  /// What follows from a finding.
  public enum Mode {
    /// Nothing is sent; a person takes over.
    ENFORCE,
    /// It is recorded only.
    REPORT,
    /// Nobody looks.
    OFF
  }

  private final String label;
  private final Mode usual;

  Guard(String label, Mode usual) {
    this.label = label;
    this.usual = usual;
  }

  public String label() {
    return label;
  }

  public Mode usual() {
    return usual;
  }
}
