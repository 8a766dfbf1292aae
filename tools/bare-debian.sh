#!/usr/bin/env bash
# Prove the set-up on a bare Debian 12: bootstrap one, put only git, make and python3 on it, clone this checkout there
# and type what a newcomer types. Needs root and debootstrap.
#   usage: tools/bare-debian.sh FOLDER [COMMAND...]     for example: tools/bare-debian.sh /var/tmp/bare "make epub"
# Without commands, the whole proof: who may not install is told the one line to type, and nothing is left behind; root
# gets a PDF, an EPUB and green tests; then a user without root gets a PDF too. FOLDER/base is kept for the next time.
set -euo pipefail
house=$(cd "$(dirname "$0")/.." && pwd)
base=$1/base
root=$1/machine
shift
packages="git make python3 ca-certificates"

[ ! -d "$root" ] || { echo "$root is in use, or left from a run that was killed; remove it first" >&2; exit 2; }
if [ ! -e "$base/etc/bare" ]; then
  debootstrap --variant=minbase bookworm "$base" http://deb.debian.org/debian >/dev/null
  cp /etc/resolv.conf "$base/etc/resolv.conf"
  chroot "$base" apt-get update -qq
  # shellcheck disable=SC2086  # several words
  chroot "$base" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
  chroot "$base" useradd --create-home writer
  touch "$base/etc/bare"
fi

end() {
  for place in proc dev/shm; do umount "$root/$place" 2>/dev/null || true; done
  rm -rf --one-file-system "$root"
}
trap end EXIT
cp -a --reflink=auto "$base" "$root"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm" && mount -t tmpfs tmpfs "$root/dev/shm"

# What this machine's pip is told by its environment, and its certificates: a mirror that works here works there.
install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
mapfile -d '' -t settings < <(env -0 | grep -z -i -E '^(PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|DEFAULT_TIMEOUT)|https?_proxy|no_proxy)=')
settings+=(PIP_CERT=/etc/ssl/certs/ca-certificates.crt)

# as USER COMMAND: run it in USER's clone.
as() {
  local home
  home=$(chroot "$root" getent passwd "$1" | cut -d: -f6)
  chroot --userspec="$1" "$root" \
    env -i HOME="$home" USER="$1" PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "${settings[@]}" \
    sh -c "cd && cd octavo 2>/dev/null; $2"
}
git -C "$house" bundle create -q "$root/srv/house.bundle" HEAD
for user in root writer; do as "$user" "git -c advice.detachedHead=false clone -q /srv/house.bundle octavo"; done

# works USER COMMAND [WORDS]: it ends well, and says these words.
works() {
  local began=$SECONDS said
  said=$(mktemp)
  echo "== $1: $2"
  as "$1" "$2" 2>&1 | tee "$said" || { echo "FAILED: $2" >&2; exit 1; }
  grep -q -F -e "${3:-}" "$said" || { echo "FAILED: does not say \"$3\"" >&2; exit 1; }
  rm "$said"
  echo "== $((SECONDS - began)) s"
}

# refused USER COMMAND WORDS: it ends with an error and one line with these words; nothing was installed or left.
refused() {
  local said before after
  echo "== $1, who may not install: $2"
  before=$(as "$1" "ls -A; dpkg-query -W")
  if said=$(as "$1" "$2" 2>&1); then echo "FAILED: this should not work" >&2; exit 1; fi
  after=$(as "$1" "ls -A; dpkg-query -W")
  printf '%s\n' "$said"
  case $said in *"$3"*) ;; *) echo "FAILED: does not say \"$3\"" >&2; exit 1 ;; esac
  [ "$before" = "$after" ] || { echo "FAILED: something was left behind" >&2; exit 1; }
}

if [ $# -gt 0 ]; then
  for command in "$@"; do works root "$command"; done
  exit
fi
refused root "NO_INSTALL=1 make pdf" "type this, then try again:  apt-get update && apt-get install -y"
refused writer "make pdf" "type this as root, then try again:  apt-get update && apt-get install -y"
works root "make pdf" "next: make epub"
works root "make pdf" "nothing laid out"
works root "make epub" ".epub"
works root "make test" "passed"
works root "make check" "nothing to report"
works writer "NO_INSTALL=1 make pdf" "next: make epub"
echo "the bare machine is served"
