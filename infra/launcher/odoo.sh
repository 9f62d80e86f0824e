# shellcheck shell=bash
# ./crew odoo: a real Odoo 19 on this machine, for tests and for a look. Debian's package is unpacked
# into the state folder and never installed; the machine gets PostgreSQL and Python libraries, where
# they are missing. Sourced by ./crew.

ODOO_DATABASES='tenant_a tenant_b'
ODOO_MODULES=base,sale_management,stock,crm
ODOO_PORT=8069
# Both databases are copies of it, which takes a second instead of a minute each.
ODOO_TEMPLATE=demo
# What is made under this name is renamed when it is complete; whatever bears it is a crash's leftover.
ODOO_UNFINISHED=unfinished

odoo_help() {
  cat <<'TEXT'
./crew odoo: a real Odoo 19 with sales, stock, CRM and demo data, on this machine only.

  up [--port N]  start it at 127.0.0.1:N (8069; 0 is any free port); the first time takes some
                 minutes and downloads 120 MB, later ones take seconds
     --fresh     make the two databases, tenant_a and tenant_b, anew
  key DB         print an API key of the administrator of that database
  status         whether it runs, and where
  stop           end it and its PostgreSQL

  Example: ./crew odoo up && ./crew odoo key tenant_a
Needs Debian, or an Ubuntu whose apt knows odoo-19, and once root or sudo without a password.
./crew test --all starts one by itself, and stops it.
Everything is in .crew/odoo, or in /var/tmp where Odoo's user could not reach that: see status.
TEXT
}

odoo() {
  local action=${1:-}
  [ $# -eq 0 ] || shift
  case $action in
    '' | -h | --help) odoo_help && return ;;
    up | key | status | stop) ;;
    *) fail "./crew odoo does not know \"$action\". What it knows: ./crew odoo --help" ;;
  esac
  if asks_for_help "$@"; then
    odoo_help
    return
  fi
  umask 022
  odoo_possible
  odoo_home
  case $action in
    up) odoo_up "$@" ;;
    key) odoo_key "$@" ;;
    status) odoo_status ;;
    stop) odoo_stop ;;
  esac
}

# Says why not, and ends, where it cannot be; before anything is downloaded.
odoo_possible() {
  local program
  [ "$(uname -s)" = Linux ] || fail "A real Odoo can be started on Debian and Ubuntu only; this is $(uname -s)."
  for program in apt-get dpkg-deb curl tar flock setpriv setsid; do
    command -v "$program" >/dev/null 2>&1 ||
      fail "A real Odoo can be started on Debian and Ubuntu only; there is no $program here."
  done
  if [ "$(id -u)" != 0 ] && [ -z "$(postgres_programs)" ] && ! sudo -n true 2>/dev/null; then
    fail "A real Odoo needs PostgreSQL, which is not installed, and there is neither root nor a sudo without a password." \
      "Install the package postgresql and start again."
  fi
}

# Sets ODOO, the folder of downloads and data.
odoo_home() {
  ODOO=$STATE/odoo
  mkdir -p "$STATE"
  is_good_home "$ODOO" || ODOO=$(odoo_home_elsewhere)
  # Nobody else may have prepared it: root writes there.
  [ ! -L "$ODOO" ] || fail "$ODOO is a link, and a folder is needed."
  [ -d "$ODOO" ] || mkdir -m 755 "$ODOO"
  [ -O "$ODOO" ] || fail "$ODOO belongs to another user; use that user, or delete it."
  ODOO_SITE=$ODOO/root/usr/lib/python3/dist-packages
}

# Odoo's user must reach it; a socket's path has little room, and a line of settings no quotes.
is_good_home() {
  case $1 in *[!A-Za-z0-9/._+-]*) return 1 ;; esac
  [ ${#1} -le 80 ] && as_odoo test -x "${1%/*}"
}

# The same for the same checkout, so that a later run finds it.
odoo_home_elsewhere() {
  printf '/var/tmp/mcp-crew-odoo-%s-%s' "$(id -u)" "$(printf '%s' "$ROOT" | cksum | cut -d' ' -f1)"
}

# Neither Odoo nor PostgreSQL runs as root. No account is made for them: nobody has no rights that
# someone could get hold of through Odoo.
as_odoo() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && exec setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups env HOME="$ODOO/data" "$@")
  else
    "$@"
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n -E "$@"; fi
}

odoo_up() {
  local port='' fresh='' owner=''
  while [ $# -gt 0 ]; do
    case $1 in
      --port)
        [ $# -ge 2 ] || fail "--port needs a number, e.g. ./crew odoo up --port 8070"
        port=$2
        shift
        ;;
      --port=*) port=${1#*=} ;;
      --fresh) fresh=yes ;;
      # Of ./crew test: it may be stopped when this process has ended.
      --for) owner=$2 && shift ;;
      *) fail "./crew odoo up does not know \"$1\". Its options: ./crew odoo --help" ;;
    esac
    shift
  done
  case $port in *[!0-9]*) fail "\"$port\" is no port." ;; esac
  odoo_alone
  [ -z "$owner" ] || odoo_used_by "$owner"
  odoo_prepare
  [ -z "$fresh" ] || odoo_forget_databases
  odoo_databases
  odoo_serve "$port"
  [ -n "$owner" ] || odoo_used_by a-person
  echo "Odoo $(odoo_version) answers at $(odoo_url). Databases: $ODOO_DATABASES."
  [ -n "$owner" ] || echo "To look: $(odoo_url)/web?db=tenant_a as admin, with the password in $ODOO/password."
}

# One at a time, in whichever terminal. What is started does not inherit the lock.
odoo_alone() {
  exec 9>"$ODOO/lock"
  if ! flock -n 9; then
    echo "Another ./crew is busy with Odoo; waiting for it."
    flock 9
  fi
}

# Code and libraries, then PostgreSQL; each only if it is not there.
odoo_prepare() {
  local folder
  for folder in data pg socket; do
    [ -d "$ODOO/$folder" ] || mkdir -m 700 "$ODOO/$folder"
    [ "$(id -u)" != 0 ] || chown "nobody:$(id -g nobody)" "$ODOO/$folder"
  done
  odoo_code
  odoo_libraries
  if [ ! -f "$ODOO/password" ]; then
    (umask 077 && /usr/bin/python3 -c 'import secrets; print(secrets.token_hex(12))' >"$ODOO/password.part")
    mv "$ODOO/password.part" "$ODOO/password"
  fi
  postgres_up
}

# Downloads with apt, which checks signature and sum, in lists of its own: the machine's are not touched.
odoo_code() {
  [ ! -d "$ODOO/root" ] || return 0
  local work=$ODOO/download
  echo "Downloading Odoo (120 MB)."
  rm -rf "$work" "$ODOO/root.part"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/preferences" "$ODOO/root.part"
  if ! (cd "$work" && { apt_has odoo-19 || use_sid; } && apt-get download -q odoo-19) >"$ODOO/download.log" 2>&1; then
    fail "The package odoo-19 could not be downloaded: $(tail -n 1 "$ODOO/download.log"). The whole output: $ODOO/download.log"
  fi
  echo "Unpacking it."
  dpkg-deb -f "$work"/odoo-19_*.deb Depends >"$ODOO/depends"
  # Without translations of the pages into 60 languages, half the files.
  dpkg-deb --fsys-tarfile "$work"/odoo-19_*.deb | tar -x -C "$ODOO/root.part" --no-same-owner --exclude='*/i18n/*.po*'
  rm -rf "$work"
  mv "$ODOO/root.part" "$ODOO/root"
}

# The machine's own mirror, with the suite that has Odoo.
use_sid() {
  local mirror signed='' key=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(debian_mirror)
  if [ -z "$mirror" ]; then
    as_root apt-get update -q
    mirror=$(debian_mirror)
  fi
  if [ -z "$mirror" ]; then
    echo "apt knows neither the package nor a mirror of Debian"
    return 1
  fi
  [ ! -f "$key" ] || signed="[signed-by=$key] "
  echo "deb ${signed}$mirror sid main" >sources.list
  cat >apt.conf <<CONF
Dir::Etc::sourcelist "$PWD/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "$PWD/preferences";
Dir::State::lists "$PWD/lists";
Dir::Cache "$PWD/cache";
Acquire::Languages "none";
CONF
  [ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";' >>apt.conf
  export APT_CONFIG=$PWD/apt.conf
  apt-get update -q
}

debian_mirror() {
  # shellcheck disable=SC2016 # the names are apt's
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(SITE)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "Debian" && $2 == "Debian" && !found { found = $3 } END { print found }'
}

apt_has() {
  case $(apt-cache policy "$1" 2>/dev/null) in
    *'Candidate: (none)'* | '') return 1 ;;
  esac
}

# What the package says it needs, and under which names Debian 12 has some of it.
odoo_libraries() {
  ! odoo_starts || [ -z "$(postgres_programs)" ] || return 0
  echo "Installing PostgreSQL and Odoo's Python libraries."
  local name wanted='' clusters
  as_root apt-get update -q >"$ODOO/libraries.log" 2>&1 </dev/null || true
  for name in $(tr ',' '\n' <"$ODOO/depends" | awk '/^ *python3-/ { print $1 }') \
    python3-lxml python3-pypdf2 python3-tz python3-pkg-resources python3-decorator postgresql; do
    ! apt_has "$name" || wanted="$wanted $name"
  done
  clusters=$(postgres_clusters)
  # shellcheck disable=SC2086 # package names are words
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted \
    >>"$ODOO/libraries.log" 2>&1 </dev/null ||
    fail "What Odoo needs could not be installed; the whole output: $ODOO/libraries.log"
  # Installing PostgreSQL makes and starts an empty server, which nobody has asked for.
  for name in $(postgres_clusters); do
    case " $clusters " in
      *" $name "*) ;;
      *) as_root pg_dropcluster --stop "${name%/*}" "${name#*/}" >>"$ODOO/libraries.log" 2>&1 ;;
    esac
  done
  odoo_starts || fail "Odoo does not start with this machine's Python: $(tail -n 1 "$ODOO/libraries.log")"
}

odoo_starts() {
  as_odoo env PYTHONPATH="$ODOO_SITE" PYTHONPYCACHEPREFIX="$ODOO/data/python" /usr/bin/python3 -c '
import odoo.cli.server, odoo.http, odoo.addons.base.models.ir_qweb, odoo.addons.base.models.ir_actions_report
import freezegun, geoip2, num2words, passlib, qrcode, rjsmin, sass, stdnum, vobject, xlrd, xlsxwriter, xlwt, zeep
' >>"$ODOO/libraries.log" 2>&1
}

postgres_clusters() {
  local folder list=''
  for folder in /etc/postgresql/*/*/; do
    [ ! -d "$folder" ] || folder=${folder#/etc/postgresql/} list="$list ${folder%/}"
  done
  printf '%s' "${list# }"
}

# The folder of the newest PostgreSQL's programs, or of the one that has made the data.
postgres_programs() {
  local folder best='' made=''
  [ -z "${ODOO:-}" ] || made=$(as_odoo cat "$ODOO/pg/PG_VERSION" 2>/dev/null || true)
  for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] || continue
    if [ "$folder" = "/usr/lib/postgresql/$made/bin" ]; then
      best=$folder
      break
    fi
    best=$folder
  done
  printf '%s' "$best"
}

# It listens at a socket only, in a folder that nobody else may enter.
postgres_up() {
  local programs
  programs=$(postgres_programs)
  if ! as_odoo test -f "$ODOO/pg/complete"; then
    # The folder stays, its owner cannot make another.
    as_odoo find "$ODOO/pg" -mindepth 1 -delete
    as_odoo "$programs/initdb" -D "$ODOO/pg" -U odoo -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$ODOO/initdb.log" 2>&1 ||
      fail "PostgreSQL could not be prepared; the whole output: $ODOO/initdb.log"
    # Nothing in it is worth waiting for a disk.
    as_odoo tee -a "$ODOO/pg/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$ODOO/socket'
unix_socket_permissions = 0700
fsync = off
full_page_writes = off
CONF
    as_odoo touch "$ODOO/pg/complete"
  fi
  ! postgres_runs || return 0
  # A number that a crash has left may by now be another process's.
  as_odoo rm -f "$ODOO/pg/postmaster.pid" "$ODOO/socket/.s.PGSQL.5432.lock"
  as_odoo "$programs/pg_ctl" -D "$ODOO/pg" -l "$ODOO/data/postgresql.log" -w -t 60 start >/dev/null 2>&1 9>&- </dev/null ||
    fail "PostgreSQL does not start; its log: $ODOO/data/postgresql.log. To begin anew, delete $ODOO/pg and $ODOO/data."
}

postgres_runs() {
  local pid
  pid=$(as_odoo head -n 1 "$ODOO/pg/postmaster.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && ps -p "$pid" -o args= 2>/dev/null | grep -q -F -e "-D $ODOO/pg"
}

# Sentences of SQL, each on its own: databases cannot be made within a transaction.
sql() {
  local database=$1 sentence
  shift
  for sentence in "$@"; do
    as_odoo env PGOPTIONS=--client-min-messages=warning "$(postgres_programs)/psql" -h "$ODOO/socket" -U odoo -d "$database" -v ON_ERROR_STOP=1 -qAtc "$sentence" </dev/null
  done
}

has_database() {
  [ "$(sql postgres "select count(*) from pg_database where datname = '$1'")" = 1 ]
}

odoo_databases() {
  local database
  odoo_settings "$ODOO_PORT"
  has_database "$ODOO_TEMPLATE" || odoo_template
  for database in $ODOO_DATABASES; do
    has_database "$database" || odoo_copy "$database"
  done
}

odoo_forget_databases() {
  local database
  odoo_end
  rm -rf "$ODOO/keys"
  for database in $ODOO_DATABASES; do
    sql postgres "drop database if exists $database with (force)"
  done
}

odoo_template() {
  echo "Installing Odoo's modules with their demo data: a minute or two."
  odoo_begin_unfinished
  odoo_program -d "$ODOO_UNFINISHED" --init="$ODOO_MODULES" --with-demo --stop-after-init --log-level=warn \
    >"$ODOO/install.log" 2>&1 </dev/null 9>&- ||
    fail "Odoo's modules could not be installed; the whole output: $ODOO/install.log"
  [ "$(sql "$ODOO_UNFINISHED" "select count(*) from ir_module_module where state = 'installed' and name in ('sale_management', 'stock', 'crm')")" = 3 ] ||
    fail "Odoo has not installed all modules; the whole output: $ODOO/install.log"
  # The demo users' passwords are their names, and this machine may have other users.
  sql "$ODOO_UNFINISHED" "update res_users set password = '$(cat "$ODOO/password")' where password is not null"
  odoo_finish "$ODOO_TEMPLATE"
}

odoo_copy() {
  echo "Making the database $1."
  odoo_begin_unfinished
  sql postgres "create database $ODOO_UNFINISHED template $ODOO_TEMPLATE"
  as_odoo cp -R "$ODOO/data/filestore/$ODOO_TEMPLATE" "$ODOO/data/filestore/$ODOO_UNFINISHED"
  # A copy is another company: with a name of its own, and no key that opens both.
  sql "$ODOO_UNFINISHED" "update ir_config_parameter set value = gen_random_uuid()::text where key = 'database.uuid'" \
    'delete from res_users_apikeys'
  odoo_finish "$1"
}

odoo_begin_unfinished() {
  sql postgres "drop database if exists $ODOO_UNFINISHED with (force)"
  as_odoo mkdir -p "$ODOO/data/filestore"
  as_odoo rm -rf "$ODOO/data/filestore/$ODOO_UNFINISHED"
}

odoo_finish() {
  as_odoo rm -rf "$ODOO/data/filestore/$1"
  as_odoo mv "$ODOO/data/filestore/$ODOO_UNFINISHED" "$ODOO/data/filestore/$1"
  sql postgres "alter database $ODOO_UNFINISHED rename to $1"
}

odoo_program() {
  as_odoo env PYTHONPATH="$ODOO_SITE" PYTHONPYCACHEPREFIX="$ODOO/data/python" /usr/bin/python3 "$ODOO/root/usr/bin/odoo" "$@" -c "$ODOO/odoo.conf"
}

odoo_settings() {
  cat >"$ODOO/odoo.conf" <<CONF
[options]
db_host = $ODOO/socket
db_port = 5432
db_user = odoo
data_dir = $ODOO/data
addons_path = $ODOO_SITE/odoo/addons
http_interface = 127.0.0.1
http_port = $1
workers = 0
max_cron_threads = 0
list_db = False
CONF
  chmod 644 "$ODOO/odoo.conf"
}

odoo_serve() {
  local port=${1:-} waited=0
  if odoo_runs; then
    [ "${port:-0}" = 0 ] || [ "$port" = "$(cat "$ODOO/port")" ] ||
      fail "Odoo runs at port $(cat "$ODOO/port") already. To move it: ./crew odoo stop"
  else
    port=${port:-$ODOO_PORT}
    [ "$port" != 0 ] || port=$(free_port)
    ! port_is_taken "$port" || fail "Port $port is taken by another program. Choose one: ./crew odoo up --port N"
    echo "Starting Odoo."
    odoo_settings "$port"
    echo "$port" >"$ODOO/port"
    # A session of its own, so that Ctrl-C in this terminal does not end it.
    (cd / && odoo_daemon >"$ODOO/server.log" 2>&1 9>&- </dev/null)
  fi
  until [ -n "$(odoo_version)" ]; do
    sleep 0.5
    odoo_runs || fail "Odoo has ended while it started; its log: $ODOO/server.log"
    waited=$((waited + 1))
    [ "$waited" -le 120 ] || fail "Odoo has not answered within a minute; its log: $ODOO/server.log"
  done
}

odoo_daemon() {
  local program=(/usr/bin/python3 "$ODOO/root/usr/bin/odoo" -c "$ODOO/odoo.conf")
  export PYTHONPATH=$ODOO_SITE PYTHONPYCACHEPREFIX=$ODOO/data/python HOME=$ODOO/data
  if [ "$(id -u)" = 0 ]; then
    program=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups "${program[@]}")
  fi
  setsid "${program[@]}" &
  echo $! >"$ODOO/pid"
}

free_port() {
  /usr/bin/python3 -c '
import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

port_is_taken() {
  ! /usr/bin/python3 -c '
import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1])))' "$1" 2>/dev/null
}

# A number alone is not believed: after a crash it may be another process's.
odoo_runs() {
  local pid
  pid=$(cat "$ODOO/pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && ps -p "$pid" -o args= 2>/dev/null | grep -q -F -e "-c $ODOO/odoo.conf"
}

odoo_url() {
  printf 'http://127.0.0.1:%s' "$(cat "$ODOO/port")"
}

odoo_version() {
  curl -fs -m 5 "$(odoo_url)/web/version" 2>/dev/null | sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' || true
}

# A key is kept and given again as long as Odoo takes it: making one takes seconds.
odoo_key() {
  local database=${1:-} file key
  case " $ODOO_DATABASES " in
    *" ${database:-none} "*) ;;
    *) fail "./crew odoo key needs one of: $ODOO_DATABASES" ;;
  esac
  odoo_runs || fail "Odoo does not run. Start it: ./crew odoo up"
  file=$ODOO/keys/$database
  if [ ! -f "$file" ] || ! odoo_takes_key "$database" "$file"; then
    [ -d "$ODOO/keys" ] || mkdir -m 700 "$ODOO/keys"
    key=$(printf '%s\n' 'import datetime' \
      'end = datetime.datetime.now() + datetime.timedelta(days=90)' \
      'key = env["res.users.apikeys"].with_user(env.ref("base.user_admin"))._generate("rpc", "./crew odoo key", end)' \
      'env.cr.commit()' 'print("key=" + key)' |
      odoo_program shell -d "$database" --no-http --log-level=error 2>"$ODOO/key.log" | sed -n 's/^.*key=\([0-9a-f]\{40\}\)$/\1/p' || true)
    [ -n "$key" ] || fail "Odoo has made no key; the whole output: $ODOO/key.log"
    (umask 077 && printf '%s\n' "$key" >"$file")
  fi
  cat "$file"
}

# The key goes through standard input: arguments can be read by everyone on the machine.
odoo_takes_key() {
  curl -fs -m 20 -o /dev/null -X POST -d '{}' -H 'Content-Type: application/json' -H "X-Odoo-Database: $1" -H @- \
    "$(odoo_url)/json/2/res.users/context_get" <<HEADER
Authorization: bearer $(cat "$2")
HEADER
}

odoo_status() {
  if odoo_runs; then
    echo "Odoo runs at $(odoo_url) (process $(cat "$ODOO/pid")): $ODOO_DATABASES."
  else
    echo "Odoo does not run."
  fi
  if postgres_runs; then echo "Its PostgreSQL runs."; else echo "Its PostgreSQL does not run."; fi
  echo "Everything is in $ODOO."
}

# Ends what ./crew odoo has started, and nothing else.
odoo_stop() {
  odoo_end
  rm -rf "$ODOO/users"
  if postgres_runs; then
    as_odoo "$(postgres_programs)/pg_ctl" -D "$ODOO/pg" -m fast -w -t 30 stop >/dev/null 2>&1 ||
      fail "PostgreSQL does not stop; its log: $ODOO/data/postgresql.log"
  fi
  echo "Odoo and its PostgreSQL are stopped."
}

odoo_end() {
  local pid waited=0
  pid=$(cat "$ODOO/pid" 2>/dev/null || true)
  ! odoo_runs || kill "$pid" 2>/dev/null || true
  while odoo_runs; do
    waited=$((waited + 1))
    [ "$waited" -ne 40 ] || kill -KILL "$pid" 2>/dev/null || true
    [ "$waited" -le 80 ] || fail "Odoo (process $pid) does not end."
    sleep 0.25
  done
  rm -f "$ODOO/pid"
}

# Who needs it: a person, until ./crew odoo stop, or the process of a ./crew test. A file each.
odoo_used_by() {
  mkdir -p "$ODOO/users"
  : >"$ODOO/users/$1"
}

# What ./crew test does at its end: stops it, unless a person or another test still needs it. Tests
# that were killed do not count.
odoo_leave() {
  local user
  odoo_alone >/dev/null
  rm -f "$ODOO/users/$1"
  for user in "$ODOO"/users/*; do
    user=${user##*/}
    case $user in
      '*') ;;
      a-person) return 0 ;;
      *) ! kill -0 "$user" 2>/dev/null || return 0 ;;
    esac
  done
  odoo_stop >/dev/null
}
