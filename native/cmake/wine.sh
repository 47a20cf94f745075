#!/bin/sh
# wine.sh WINE PROGRAM…: a test that fails without a word was not started, which happens to Wine once in some hundred times on a
# busy computer: it is started once more.
said=$(mktemp)
trap 'rm -f "$said"' EXIT
"$@" >"$said"
code=$?
if [ $code -ne 0 ] && [ ! -s "$said" ]; then
  echo "Wine did not start it ($code): once more" >&2
  "$@" >"$said"
  code=$?
fi
cat "$said"
exit $code
