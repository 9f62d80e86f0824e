package io.mcpcrew.simulators.chatwoot;

/// Who wrote, typed or acted.
record SenderRef(Kind kind, long id) {
  enum Kind {
    USER("User"),
    CONTACT("Contact"),
    AGENT_BOT("AgentBot");

    private final String rubyName;

    Kind(String rubyName) {
      this.rubyName = rubyName;
    }

    String rubyName() {
      return rubyName;
    }
  }

  static SenderRef user(long id) {
    return new SenderRef(Kind.USER, id);
  }

  static SenderRef contact(long id) {
    return new SenderRef(Kind.CONTACT, id);
  }

  static SenderRef bot(long id) {
    return new SenderRef(Kind.AGENT_BOT, id);
  }
}
