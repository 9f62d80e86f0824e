package io.mcpcrew.schemas.contract;

/// Who says so; decides what it may support.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum SourceClass {
  UNKNOWN,
  SYSTEM_OF_RECORD,
  COMPANY_PERSON,
  DOCUMENT,
  MODEL_CONCLUSION,
  CUSTOMER,
  /// A person of the company, about what the agent has said wrongly.
  CORRECTION
}
