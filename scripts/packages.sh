# Read by the other scripts with `.`: installs missing system packages on Debian and Ubuntu, and says so elsewhere.

# need_packages WHAT PACKAGE…   installs those that are missing; WHAT says what they are for.
need_packages() {
  purpose=$1
  shift
  if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is not Debian or Ubuntu. Needed for $purpose, under the names they have here: $*" >&2
    return 0
  fi
  installed=$(dpkg-query -W -f '${Package} ${Status}\n' "$@" 2>/dev/null | sed -n 's/ install ok installed$//p')
  missing=
  for package in "$@"; do
    case "
$installed
" in *"
$package
"*) ;; *) missing="$missing $package" ;; esac
  done
  [ -n "$missing" ] || return 0
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
      echo "Missing for $purpose:$missing. Next step, as root: apt-get install$missing" >&2
      return 1
    }
    as_root=sudo
  fi
  echo "Installing for $purpose:$missing"
  # shellcheck disable=SC2086 — the list is meant to be split
  $as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -q && apt-get install -q -y --no-install-recommends "$@"' sh $missing || {
    echo "apt-get could not install them. Next step: apt-get update && apt-get install$missing" >&2
    return 1
  }
}

# What building and running Linli takes, besides Swift.
need_build_packages() {
  command -v swift >/dev/null 2>&1 || {
    echo "Swift is not on the PATH. Next step: install Swift 6.2 or newer from https://www.swift.org/install/linux/" >&2
    return 1
  }
  need_packages "building" ca-certificates git pkg-config libsqlite3-dev libpq-dev libargon2-dev libvips-dev
  command -v python3 >/dev/null 2>&1 || need_packages "building the assets" python3
}
