#!/usr/bin/env bash
# One full session between Wattline and the reference, against the mock analyzer, in a network namespace of its own
# (so that the NTP server may sit on UDP 123, the only port that the reference asks), then the reference's checker on it.
#
#   bench/interop.sh --peer DIR [--pair WW|PW|WP|PP] [--device 49|77|48|8|549|49+49|49+77] [--settle S] [--seconds N] [--out DIR]
#                    [--options "OPTIONS OF wattline run"]
#
# The pair names the runner first, then the director: W is Wattline, P the reference (a checkout of mlcommons/power-dev).
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
peer= pair=WW device=49 settle=1 seconds=12 out= options=
while [ $# -gt 0 ]; do
  case $1 in
    --peer) peer=$2 ;; --pair) pair=$2 ;; --device) device=$2 ;; --settle) settle=$2 ;;
    --seconds) seconds=$2 ;; --out) out=$2 ;; --options) options=$2 ;;
    *) sed -n '2,9p' "$0"; exit 2 ;;
  esac
  shift 2
done
[ -f "$peer/compliance/check.py" ] || { echo "interop: --peer must name a checkout of mlcommons/power-dev" >&2; exit 2; }
[ -n "$out" ] || out=$(mktemp -d)
mkdir -p "$out"; out=$(cd "$out" && pwd); peer=$(cd "$peer" && pwd)
if [ -z "${INTEROP_INSIDE:-}" ]; then
  exec env INTEROP_INSIDE=1 unshare -rn "$0" --peer "$peer" --pair "$pair" --device "$device" --settle "$settle" \
    --seconds "$seconds" --out "$out" --options "$options"
fi

ip link set lo up
cd "$out"
# Runs a command and remembers it, so that nothing outlives this script.
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
waitfor() { # what, command...
  what=$1; shift
  for _ in $(seq 300); do "$@" 2>/dev/null && return 0; sleep 0.1; done
  echo "interop: $what did not come up" >&2; exit 1
}

analyzer() { # index, device type
  case $2 in 77) channel=1,2 ;; 48) channel=3 ;; *) channel= ;; esac
  printf '\n[analyzer%s]\ndeviceType: %s\ninterfaceFlag:\ndevicePort: /dev/usbtmc%s\nnetworkPort: %s\n' "$1" "$2" "$1" $((8887 + $1))
  [ -z "$channel" ] || echo "channel: $channel"
  case $2 in 508 | 549 | 586) echo "dcFlag: -D" ;; esac
}
types=$(echo "$device" | tr + ' ')
{
  printf '[server]\nntpServer: 127.0.0.1\nlisten: 127.0.0.1 4950\n\n[ptd]\nptd: %s\nanalyzerCount: %s\n' \
    "$here/bin/mock_ptd" "$(echo $types | wc -w)"
  i=0
  for t in $types; do i=$((i + 1)); analyzer $i $t; done
  # The reference ignores this section with a warning.
  case $pair in ?W) printf '\n[wattline]\nsettle: %s\nresultsDir: %s\n' "$settle" "$out/director" ;; esac
} >director.conf
export WATTLINE_MOCK_OPTIONS="${WATTLINE_MOCK_OPTIONS---signal constant,watts=150 --noise 2 --seed 7}"

"$here/wattline" sntp --port 123 >sntp.log 2>&1 &
waitfor "the NTP server (see $out/sntp.log)" grep -q answering sntp.log
case $pair in
  ?W) "$here/wattline" director -c director.conf >director.log 2>&1 & ;;
  ?P) (cd "$peer/ptd_client_server" && exec python3 server.py -c "$out/director.conf") >director.log 2>&1 & ;;
esac
director=$!
listening() { cat /proc/net/tcp /proc/net/tcp6 | grep -q ':1356 ' && kill -0 $director; } # 0x1356 is 4950
waitfor "the director (see $out/director.log)" listening

workload="$here/wattline workload --scenario Offline --seconds $seconds --threads 1 --output $out/loadgen"
mkdir -p loadgen
status=0
case $pair in
  W?) "$here/wattline" run -a 127.0.0.1 -n 127.0.0.1 -w "$workload" -L loadgen -o result -l interop $options >client.log 2>&1 || status=$? ;;
  P?) (cd "$out" && exec python3 "$peer/ptd_client_server/client.py" -a 127.0.0.1 -n 127.0.0.1 -w "$workload" \
        -L loadgen -o result -l interop) >client.log 2>&1 || status=$? ;;
esac
[ $status -eq 0 ] || { echo "interop: the runner ended with $status"; tail -n 5 client.log; exit 1; }
session=$(find "$out/result" -mindepth 1 -maxdepth 1 -type d -name "*_interop" | head -n 1)
python3 "$peer/compliance/check.py" "$session" >check.log 2>&1 || true
passed=$(grep -c '\[x\]' check.log || true)
failed=$(grep '\[ \]' check.log | sed 's/.*\[ \] //' | paste -sd ';' -)
echo "pair=$pair device=$device settle=$settle passed=$passed/11 failed: ${failed:-none} ($session)"
