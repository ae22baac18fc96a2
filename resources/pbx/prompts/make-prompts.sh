#!/usr/bin/env bash
# Makes the prompts again: <language>/<name>.g722, one file a line (name|text) of texts/<language>.txt, and the
# beep. The names are those that app_voicemail and the dialplan ask for.
#
# Not part of the build: the results are kept in the repository. Needs what ../voices/make-voices.sh needs.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# speak LANGUAGE TEXT OUT
speak() {
  case $1 in
    en) pico2wave -l en-GB -w "$3" "$2" ;;
    es) pico2wave -l es-ES -w "$3" "$2" ;;
    pt) printf '%s\n' "$2" | RHVoice-test -p Leticia-F123 -o "$3" ;;
  esac
}

encode() { ffmpeg -nostdin -v error -y -i "$1" -c:a g722 -f g722 "$2"; }

for language in en es pt; do
  mkdir -p "$language/digits"
  while IFS='|' read -r name text; do
    speak "$language" "$text" "$work/raw.wav"
    sox "$work/raw.wav" -b 16 -c 1 "$work/out.wav" rate -v 16000 highpass 90 \
      silence 1 0.02 0.5% reverse silence 1 0.02 0.5% pad 0.05 reverse pad 0.02 norm -5
    encode "$work/out.wav" "$language/$name.g722"
  done < "texts/$language.txt"
done
sox -n -r 16000 -c 1 -b 16 "$work/beep.wav" synth 0.35 sine 800 fade 0.01 0.35 0.01 norm -8
encode "$work/beep.wav" en/beep.g722
du -sh .
