#!/usr/bin/env bash
# Makes the voices of the demo's customers again: voices/<voice>/<turn>.g722, one file a line of texts/<language>.txt
# (line 1 is turn 0: what someone says who is called).
#
# Not part of the build: the results are kept in the repository. Needs, on Debian 12 with the component non-free:
#   apt-get install sox ffmpeg libttspico-utils rhvoice rhvoice-english rhvoice-brazilian-portuguese
#
# G.722 at 64 kbit/s, mono, 16 kHz: small, and wide enough for Opus calls. Licences: see README.md beside this file.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pico() { pico2wave -l "$1" -w "$3" "$2"; }
rhvoice() { printf '%s\n' "$2" | RHVoice-test -p "$1" -o "$3"; }

# speak VOICE TEXT OUT
speak() {
  case $1 in
    en-emma) pico en-GB "$2" "$3" ;;
    en-oliver) rhvoice alan "$2" "$3" ;;
    es-lucia | es-mateo) pico es-ES "$2" "$3" ;;
    pt-leticia | pt-rui) rhvoice Leticia-F123 "$2" "$3" ;;
  esac
}

# A man's voice from a woman's: pitch and formants down, the pace kept.
effects() {
  case $1 in
    es-mateo) echo 'speed 0.80 tempo -s 1.22' ;;
    pt-rui) echo 'speed 0.80 tempo -s 1.25' ;;
    *) echo '' ;;
  esac
}

for voice in en-emma en-oliver es-lucia es-mateo pt-leticia pt-rui; do
  mkdir -p "$voice"
  turn=0
  while IFS= read -r text; do
    speak "$voice" "$text" "$work/raw.wav"
    # no silence at either end, telephone-like level with headroom, no rumble
    # shellcheck disable=SC2046 # effects is a list of words
    sox "$work/raw.wav" -b 16 -c 1 "$work/out.wav" $(effects "$voice") rate -v 16000 highpass 90 \
      silence 1 0.02 0.5% reverse silence 1 0.02 0.5% pad 0.05 reverse pad 0.02 norm -5
    ffmpeg -nostdin -v error -y -i "$work/out.wav" -c:a g722 -f g722 "$voice/$turn.g722"
    turn=$((turn + 1))
  done < "texts/${voice%%-*}.txt"
done
du -sh .
