# shellcheck shell=bash
# Finds a JDK that can build and run MCP-Crew. Sourced by ./crew and .ci/run.

JDK_NEEDED=25

# Sets JAVA_HOME and the PATH, for this shell and its children only, or says what to install. The PATH
# too, because Maven's plug-ins start the first `java` on it when Maven itself runs on a new one.
need_jdk() {
  local home
  home=$(find_jdk)
  [ -n "$home" ] || fail "MCP-Crew needs a JDK $JDK_NEEDED or newer, and none was found" \
    "(looked at JAVA_HOME, the PATH, /usr/lib/jvm, /Library/Java, ~/.sdkman, ~/.jdks, mise and asdf)." \
    "Install Temurin $JDK_NEEDED from https://adoptium.net and start again; the older Java may stay."
  export JAVA_HOME=$home PATH=$home/bin:$PATH
}

need_maven() {
  command -v mvn >/dev/null 2>&1 || fail "MCP-Crew is built with Maven, and there is no mvn on the PATH." \
    "Install it (Debian and Ubuntu: apt install maven, macOS: brew install maven) and start again."
}

# The home of the smallest JDK that is new enough; nothing when there is none.
find_jdk() {
  local home version best='' best_version=0
  while IFS= read -r home; do
    [ -x "$home/bin/javac" ] || continue
    version=$(feature_version "$home/release")
    if [ "$version" -ge "$JDK_NEEDED" ] && { [ -z "$best" ] || [ "$version" -lt "$best_version" ]; }; then
      best=$home
      best_version=$version
    fi
  done <<HOMES
$(jdk_homes)
HOMES
  printf '%s' "$best"
}

jdk_homes() {
  local javac home
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  javac=$(command -v javac 2>/dev/null || true)
  if [ -n "$javac" ]; then
    while [ -L "$javac" ]; do
      home=$(readlink "$javac")
      case $home in /*) javac=$home ;; *) javac=$(dirname "$javac")/$home ;; esac
    done
    dirname "$(dirname "$javac")"
  fi
  for home in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*; do
    [ -d "$home" ] && echo "$home"
  done
  [ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v "$JDK_NEEDED" 2>/dev/null || true
}

# 25 for JAVA_VERSION="25.0.3", 8 for "1.8.0_402", 0 for what cannot be read. No process is started:
# this runs at each ./crew.
feature_version() {
  local line
  if [ -r "$1" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in
        JAVA_VERSION=*)
          line=${line#*=}
          line=${line//\"/}
          line=${line#1.}
          line=${line%%[!0-9]*}
          echo "${line:-0}"
          return
          ;;
      esac
    done <"$1"
  fi
  echo 0
}
