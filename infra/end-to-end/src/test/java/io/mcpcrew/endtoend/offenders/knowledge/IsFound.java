package io.mcpcrew.endtoend.offenders.knowledge;

/// Breaks: nothing is found by scanning.
@org.springframework.stereotype.Component
final class IsFound {}
