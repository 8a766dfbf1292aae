#!/usr/bin/env bash
# Prove the set-up on a bare Debian 12: bootstrap one, put only git, make and python3 on it, clone this checkout there
# and run the commands that a newcomer types. Needs root and debootstrap.
#   usage: tools/bare-debian.sh ROOT COMMAND...      for example: tools/bare-debian.sh /var/tmp/bare "make pdf"
set -euo pipefail
house=$(cd "$(dirname "$0")/.." && pwd)
root=$1
shift

if [ ! -x "$root/usr/bin/make" ]; then
  [ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian >/dev/null
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  chroot "$root" apt-get update -qq
  chroot "$root" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends git make python3 ca-certificates >/dev/null
fi
# The host's certificates and package index settings, so that a mirror that works here works there.
install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
rm -rf "$root/root/octavo" "$root/root/house.bundle"
git -C "$house" bundle create -q "$root/root/house.bundle" HEAD
mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT
inside() {
  chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt PIP_DEFAULT_TIMEOUT=180 sh -c "$1"
}
inside "git clone -q /root/house.bundle /root/octavo"
for command in "$@"; do
  echo "bare Debian: $command"
  inside "cd /root/octavo && $command"
done
