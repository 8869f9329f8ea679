# Sourced in a mount and process namespace of the test's own: what it does to the host is seen by nobody outside, and is
# gone with its last process. Of what the page asks for, only the package index and systemd itself are stood in for.
# $python, a path below $prefix, $source, $libraries (one a line), $out and $port come from the test.
set -eu

mount -t tmpfs -o mode=0755 none /mnt
mkdir /mnt/out /mnt/etc /mnt/source /mnt/work /mnt/python
mount --bind "$out" /mnt/out
cp -a /etc/. /mnt/etc
cp -a "$source"/console "$source"/models "$source"/screens "$source"/seed "$source"/docs "$source"/tests/access /mnt/source
chmod -R a+rX /mnt/source
if [ "$prefix" != /usr ]; then  # an interpreter in somebody's home is no other account's to run
    mount --bind "$prefix" /mnt/python
    prefix=/mnt/python
fi
python=$prefix/$python
number=0
while read -r library; do
    number=$((number + 1))
    mkdir "/mnt/library$number"
    mount --bind "$library" "/mnt/library$number"
done <<<"$libraries"
mount --bind /mnt/etc /etc
for folder in /opt /srv /run /var /usr/local/sbin; do
    mount -t tmpfs -o mode=0755 none "$folder"
done
mkdir -p /run/sshd /run/lock /var/backups /var/lib /var/log /var/mail /var/tmp
ssh-keygen -A >/dev/null
"$python" -m compileall -q /mnt/source/console /mnt/source/models /mnt/source/screens /mnt/source/seed
cd /mnt/work
ln -s /mnt/source/docs docs

apt() { :; }

sudo() {
    if [ "$1" = -u ]; then
        local account=$2
        shift 2
        runuser -u "$account" -- "$@"
    else
        "$@"
    fi
}

# What pip would install is there already, beside the interpreter that runs the tests.
python3() {
    local folder=${!#}
    "$python" -m venv --without-pip "$folder"
    cat >"$folder/bin/pip" <<PIP
#!/bin/sh
for library in /mnt/source /mnt/library*; do echo "\$library"; done >"\$(echo "$folder"/lib/python3*/site-packages)/desk.pth"
cat >"$folder/bin/disputes" <<SCRIPT
#!$folder/bin/python
import sys
from console.__main__ import main
sys.exit(main())
SCRIPT
chmod 0755 "$folder/bin/disputes"
PIP
    chmod 0755 "$folder/bin/pip"
}

systemctl() {
    local word=$1 timer
    shift
    case "$word $*" in
    "reload ssh")
        /usr/sbin/sshd -p "$port" -o ListenAddress=127.0.0.1 -E /mnt/out/sshd.log
        until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
        ;;
    "enable --now "*)
        shift
        for timer in "$@"; do
            test -f "/etc/systemd/system/$timer"
            "$python" /mnt/source/access/run_unit.py "/etc/systemd/system/${timer%.timer}.service"
        done
        ;;
    esac
}

ssh() { command ssh -F /mnt/work/config "$@"; }
