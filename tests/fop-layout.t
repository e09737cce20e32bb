#!/bin/sh
# Layout cases of an independent formatter, when they lie beside the repository: at least as many pass
# as tests/fop-layout.md says. They are not ours to copy.
set -u
# shellcheck source=tests/lib.sh
. tests/lib.sh

cases=../shared/fop-layout
if [ ! -d $cases ]; then
    skip "layout cases" "there is no $cases"
    finish
    exit
fi
for python in python3 /usr/bin/python3 none; do
    "$python" -c 'import lxml, fontTools' 2>/dev/null && break
done
if [ "$python" = none ] || [ ! -d /usr/share/fonts/opentype/urw-base35 ]; then
    skip "layout cases" "lxml, fontTools or the URW base 35 fonts are not installed"
    finish
    exit
fi

check "fonts with the metrics of the base 14" "$python" tests/fop/fonts.py "$tmp/fonts"
cp -r $cases "$tmp/copy"
cat >"$tmp/fo2pdf" <<SH
#!/bin/sh
exec "$B/bin/fo2pdf" --lenient --fonts "$tmp/fonts/fonts.conf" "\$@"
SH
chmod +x "$tmp/fo2pdf"
"$python" "$tmp/copy/run.py" -f "$tmp/fo2pdf" >"$tmp/run.out" 2>"$tmp/run.err"
sed -i 's/--lenient/& --keep 0/' "$tmp/fo2pdf"
"$python" "$tmp/copy/run.py" -f "$tmp/fo2pdf" >"$tmp/again.out" 2>"$tmp/again.err"
for out in run again; do # without the messages, which name temporary files
    sed 's/\(exit [0-9]*\):.*/\1/' "$tmp/$out.out" >"$tmp/$out.plain"
done
check "the same when nothing is kept in memory" cmp "$tmp/run.plain" "$tmp/again.plain"

floor=$(sed -n 's/^\*\*\([0-9]*\) of [0-9]* pass.*/\1/p' tests/fop-layout.md)
passed=$(sed -n 's/^\([0-9]*\) passed, .*/\1/p' "$tmp/run.out")
check "${passed:-0} cases pass, at least ${floor:?}" test "${passed:-0}" -ge "$floor"
if grep -Eq 'exit (-|1[23][0-9])|no answer' "$tmp/run.out"; then
    fail "none is too much for fo2pdf" "$tmp/run.out"
else
    pass "none is too much for fo2pdf"
fi
finish
