# shellcheck shell=bash
# Builds the part of the reactor that ./crew runs, and only when a source is newer than the last
# build. Sourced by ./crew.

# The outermost module: it depends on all others, so its target/lib holds everything that runs.
LAYOUT_MODULE=infra/bench
LAYOUT=$LAYOUT_MODULE/target/lib

is_runnable() {
  compgen -G "$ROOT/$LAYOUT/*.jar" >/dev/null
}

# All jars of a folder, sorted, so that it is the same at each start and the class archive stays valid.
class_path() {
  local jar path=''
  for jar in "$1"/*.jar; do
    path=$path:$jar
  done
  printf '%s' "${path#:}"
}

# The folder that ./crew up runs from. It is a copy, because a JVM that runs for hours does not bear
# that ./crew test or another build replaces its jars. A second ./crew up leaves the copy alone; Java
# then says that one is running.
jars_of_up() {
  if ! up_is_running; then
    if [ ! -f "$STATE/lib/copied" ] || [ "$STATE/built" -nt "$STATE/lib/copied" ]; then
      rm -rf "${STATE:?}/lib"
      cp -Rp "$ROOT/$LAYOUT" "$STATE/lib"
      touch "$STATE/lib/copied"
    fi
    echo $$ >"$STATE/up.pid"
  fi
  printf '%s' "$STATE/lib"
}

up_is_running() {
  local pid
  pid=$(cat "$STATE/up.pid" 2>/dev/null) || return 1
  ps -p "$pid" -o args= 2>/dev/null | grep -q 'io\.mcpcrew\.local\.Crew up'
}

# Whether something that the build reads was changed, added or taken away. (Taking a file away
# changes its folder.)
is_stale() {
  [ -f "$STATE/built" ] && is_runnable || return 0
  [ -n "$(newer_sources)" ]
}

newer_sources() {
  # find has no portable way to stop at the first; head stops it when it has one.
  (cd "$ROOT" && find . \( -name target -o -name node_modules -o -name '.?*' -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/*' -o -path './infra/build/*' \) -newer "$STATE/built" -print 2>/dev/null) |
    head -n 1 || true
}

build_if_stale() {
  is_stale || return 0
  mkdir -p "$STATE"
  claim_build
  # Another ./crew may have built it while this one waited.
  if is_stale; then build; fi
  rm -rf "${STATE:?}/building"
}

# One build at a time: the folder is the lock, and the process id in it tells whether it still counts.
claim_build() {
  local told=''
  until mkdir "$STATE/building" 2>/dev/null; do
    local owner
    owner=$(cat "$STATE/building/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "${STATE:?}/building"
      continue
    fi
    [ -n "$told" ] || echo "Another ./crew (process ${owner:-unknown}) is building; waiting for it." >&2
    told=yes
    sleep 1
  done
  echo $$ >"$STATE/building/pid"
  trap 'rm -rf "${STATE:?}/building"' EXIT
  trap 'exit 130' INT TERM
}

# Progress goes to standard error: what a command prints on standard output stays clean.
build() {
  need_maven
  local began=$SECONDS first=''
  [ -f "$STATE/built" ] || first=yes
  if [ -n "$first" ]; then
    echo "Building MCP-Crew for the first time: some minutes, most of them spent downloading libraries." >&2
  else
    echo "Building what has changed." >&2
  fi
  # Taken before the build, so that what is edited meanwhile counts as newer.
  touch "$STATE/built.next"
  # A library that is no longer used would otherwise stay on the class path.
  rm -rf "${ROOT:?}/$LAYOUT"
  if ! (cd "$ROOT" && mvn -B -ntp -Dstyle.color=never -Dmaven.test.skip=true package \
    -pl "$LAYOUT_MODULE" -am </dev/null 2>&1) | tee "$STATE/build.log" | show_modules >&2; then
    show_errors "$STATE/build.log"
    fail "The build has failed after $((SECONDS - began)) s. Maven's whole output: $STATE/build.log"
  fi
  rm -f "$STATE"/*.jsa
  mv "$STATE/built.next" "$STATE/built"
  echo "Built in $((SECONDS - began)) s." >&2
}

# "[INFO] Building infra/parts: real broker 0.1.0-SNAPSHOT   [5/13]" becomes "  5 of 13  infra/parts".
show_modules() {
  local line name place live=''
  [ ! -t 2 ] || live=yes
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*'['*/*']')
        name=${line#'[INFO] Building '}
        place=${name##*[}
        name=${name%% [0-9]*}
        name=${name%%:*}
        place=${place%]}
        if [ -n "$live" ]; then
          printf '\r\033[K  %s of %s  %s' "${place%/*}" "${place#*/}" "$name"
        else
          printf '  %s of %s  %s\n' "${place%/*}" "${place#*/}" "$name"
        fi
        ;;
    esac
  done
  [ -z "$live" ] || printf '\r\033[K'
}

# The lines of a log of Maven's that say what is wrong, without Maven's advice on how to use Maven.
show_errors() {
  grep -e '^\[ERROR\]' -e '^Not formatted: ' -e '^Run \./crew format' -e ': error: ' "$1" 2>/dev/null |
    sed -e 's/^\[ERROR\] *//' -e "s|$ROOT/||g" |
    grep -v -e '^$' -e '^-> \[Help' -e '^\[Help' -e '^To see the full stack' -e '^Re-run Maven' \
      -e '^For more information about the errors' -e '^After correcting the problems' \
      -e '^  *mvn <args>' -e '^mvn <args>' |
    awk '!seen[$0]++' | head -n 20 | sed 's/^/  | /' >&2 || true
}
