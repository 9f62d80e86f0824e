# shellcheck shell=bash
# ./crew test: runs the tests through Maven and tells what they found. Sourced by ./crew.

tests_help() {
  cat <<'TEXT'
./crew test [--all] [--module M] [--fresh]: runs the tests, a line per module and test class.

  --all        also what is slow: every service killed and started again; the official MCP
               conformance suite, where npm is; a real Odoo 19, which is started for the tests
               and stopped after them where that is possible, unless MCPCREW_ODOO_URL,
               MCPCREW_ODOO_DATABASE and MCPCREW_ODOO_KEY name another
  --module M   only this module, e.g. ingest or infra/parts
  --fresh      delete what was built before and build anew

  Examples: ./crew test
            ./crew test --module infra/parts
Maven's whole output goes to .crew/test.log. The exit code is 0 when every test has passed.
TEXT
}

run_tests() {
  local all='' module='' goals='verify'
  while [ $# -gt 0 ]; do
    case $1 in
      --all) all=yes ;;
      --fresh) goals='clean verify' ;;
      --module)
        [ $# -ge 2 ] || fail "--module needs a name, e.g. ./crew test --module infra/parts"
        module=$(module_folder "$2")
        shift
        ;;
      --module=*) module=$(module_folder "${1#*=}") ;;
      -h | --help) tests_help && return ;;
      *) fail "./crew test does not know \"$1\". Its options: ./crew test --help" ;;
    esac
    shift
  done
  need_jdk
  need_maven
  mkdir -p "$STATE"
  : >"$STATE/test.log"
  prepare_module "$module"
  if [ -n "$all" ]; then
    case $module in '' | mcp-connectors) start_odoo ;; esac
  fi
  verify "$goals" ${all:+-Pall-tests} ${module:+-pl "$module"}
}

# The real Odoo of the slow tests, unless one is named or the machine cannot. It is in use until this
# process ends, however that happens.
start_odoo() {
  local why
  [ -z "${MCPCREW_ODOO_URL:-}" ] || return 0
  # shellcheck source=infra/launcher/odoo.sh
  . "$ROOT/infra/launcher/odoo.sh"
  if ! why=$( (odoo_possible && odoo_home) 2>&1); then
    skip_odoo "$why"
    return
  fi
  odoo_home
  trap 'odoo_leave $$ || true' EXIT
  trap 'exit 130' INT TERM
  echo "Starting a real Odoo for the tests."
  # In a shell of its own, so that a failure there ends that shell only.
  if "$ROOT/crew" odoo up --port 0 --for $$ 2>"$ODOO/errors.log" && name_odoo 2>>"$ODOO/errors.log"; then
    return
  fi
  skip_odoo "$(tail -n 1 "$ODOO/errors.log")"
}

# For RealOdooIT.
name_odoo() {
  MCPCREW_ODOO_DATABASE=tenant_a
  MCPCREW_ODOO_OTHER_DATABASE=tenant_b
  MCPCREW_ODOO_KEY=$("$ROOT/crew" odoo key "$MCPCREW_ODOO_DATABASE") || return 1
  MCPCREW_ODOO_OTHER_KEY=$("$ROOT/crew" odoo key "$MCPCREW_ODOO_OTHER_DATABASE") || return 1
  MCPCREW_ODOO_URL=$(odoo_url)
  export MCPCREW_ODOO_URL MCPCREW_ODOO_DATABASE MCPCREW_ODOO_KEY MCPCREW_ODOO_OTHER_DATABASE MCPCREW_ODOO_OTHER_KEY
}

skip_odoo() {
  printf 'The tests against a real Odoo are skipped: %s\n' "$1"
}

# A module by its folder or by the last part of it; fails with the list when there is none.
module_folder() {
  local name=${1%/}
  if [ -f "$ROOT/$name/pom.xml" ] && [ "$name" != . ]; then
    echo "$name"
  elif [ -f "$ROOT/infra/$name/pom.xml" ]; then
    echo "infra/$name"
  else
    fail "There is no module \"$1\". There are:" \
      "$(sed -n 's|.*<module>\(.*\)</module>.*|\1|p' "$ROOT/pom.xml" | tr '\n' ' ')"
  fi
}

# One module alone takes what it stands on from the local repository, so that goes there first.
prepare_module() {
  [ -n "$1" ] || return 0
  echo "Building what $1 stands on."
  if ! (cd "$ROOT" && mvn -B -ntp -q -Dstyle.color=never -DskipTests install -pl "$1" -am </dev/null) \
    >>"$STATE/test.log" 2>&1; then
    show_errors "$STATE/test.log"
    fail "The build has failed, so no test was run. Maven's whole output: $STATE/test.log"
  fi
}

verify() {
  local goals=$1 passed=yes
  shift
  # Where no test is run, failsafe would judge by what an earlier run has left.
  find "$ROOT" -path '*/target/failsafe-reports/failsafe-summary.xml' -delete
  : >"$STATE/test.began"
  trap 'printf "\nStopped. Maven'\''s output so far: %s\n" "$STATE/test.log" >&2; exit 130' INT TERM
  # Three modules at a time: most tests wait for a broker or for a system that does not answer.
  # shellcheck disable=SC2086 # two goals are two words
  (cd "$ROOT" && mvn -B -ntp -fae -T 3 -Dstyle.color=never $goals "$@" </dev/null 2>&1) |
    tee -a "$STATE/test.log" | show_results || passed=''
  sum_up "$passed"
}

# A line per module and per test class, as they come; of several modules at a time.
show_results() {
  local line name rest
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*'['*/*']')
        name=${line#'[INFO] Building '}
        rest=${name##*[}
        name=${name%% [0-9]*}
        printf '[%s %s\n' "$rest" "${name%%:*}"
        ;;
      *'Tests run: '*', Time elapsed: '*' -- in '*)
        rest=${line#*Time elapsed: }
        name=${line##* -- in }
        case $line in
          *'<<< '*) printf '  FAILED  ' ;;
          *) printf '  ok      ' ;;
        esac
        line=${line#*Tests run: }
        printf '%-52s %5s tests  %s s\n' "${name##*.}" "${line%%,*}" "${rest%% s*}"
        ;;
      'Skipped: '*) printf '  skipped %s\n' "${line#Skipped: }" ;;
      '[INFO] BUILD '*) ;;
    esac
  done
}

# The runners' own summaries (a line per module and runner), then all of them together.
sum_up() {
  local passed=$1 totals
  totals=$(reports 'TEST-*.xml' "$COUNT$TOTALS")
  if [ -z "$passed" ]; then
    show_failures
  fi
  printf '\nSummaries of the runners\n'
  reports 'TEST-*.xml' "$COUNT$SUMMARIES" | sort -n | cut -f 2-
  printf 'Tests run: %s\n' "${totals:-0}"
  case $totals in
    '' | 0,*) fail "No test was run. Maven's whole output: $STATE/test.log" ;;
  esac
  if [ -n "$passed" ]; then
    echo "All tests have passed, in $(duration $SECONDS)."
    return 0
  fi
  fail "The tests have not passed, after $(duration $SECONDS). The whole output: $STATE/test.log"
}

# Reads what the runners of this run have written: a file per test class.
reports() {
  find "$ROOT" -path "*/target/*-reports/$1" -newer "$STATE/test.began" \
    -exec awk -v "root=$ROOT/" -v "order=$(sed -n 's|.*<module>\(.*\)</module>.*|\1|p' "$ROOT/pom.xml" | tr '\n' ' ')" \
    "$2" {} +
}

# The head of each report: <testsuite ... tests="4" errors="0" skipped="0" failures="0">
COUNT='
  function count(name) {
    if (!match($0, " " name "=\"[0-9]+\"")) return 0
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0
  }
  /<testsuite / {
    module = substr(FILENAME, length(root) + 1); runner = module
    sub(/\/target\/.*/, "", module); sub(/.*\/target\//, "", runner); sub(/-reports\/.*/, "", runner)
    key = module "\t" runner; keys[key] = module
    run[key] += count("tests"); failed[key] += count("failures")
    errors[key] += count("errors"); skipped[key] += count("skipped")
  }'

# Sorted by the first column: the order in which the modules are built, surefire first.
SUMMARIES='
  END {
    split(order, modules, " ")
    for (i in modules) place[modules[i]] = i
    for (key in keys) {
      split(key, part, "\t")
      printf "%d\t  %-20s %-9s Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n",
        2 * place[part[1]] + (part[2] == "failsafe"), part[1], part[2],
        run[key], failed[key], errors[key], skipped[key]
    }
  }'

TOTALS='
  END {
    for (key in keys) { r += run[key]; f += failed[key]; e += errors[key]; s += skipped[key] }
    printf "%d, Failures: %d, Errors: %d, Skipped: %d", r, f, e, s
  }'

# The failing tests with their messages, without stack frames, and what kept a module from testing.
show_failures() {
  local failed
  failed=$(reports '*.txt' "$FAILED_TESTS" | head -n 60)
  printf '\n'
  [ -z "$failed" ] || printf 'What has failed\n%s\n' "$failed"
  if [ -z "$failed" ] || grep -q -e 'COMPILATION ERROR' -e '^Not formatted: ' "$STATE/test.log"; then
    show_errors "$STATE/test.log"
  fi
}

# A test's name, what it said before the first frame, and its causes.
FAILED_TESTS='
  / <<< (ERROR|FAILURE)!$/ && !/^Tests run: / { on = 1; sub(/ -- Time elapsed.*/, ""); print "  " $0; next }
  /^\tat / { on = 0 }
  (on || /^Caused by: /) && !/^ *$/ { print "  | " substr($0, 1, 400) }'

duration() {
  if [ "$1" -ge 60 ]; then
    echo "$(($1 / 60)) min $(($1 % 60)) s"
  else
    echo "$1 s"
  fi
}
