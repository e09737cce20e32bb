#!/bin/sh
# What make install leaves works without the source tree.
. tests/lib.sh

status "make install" 0 make -s B="$B" DESTDIR="$tmp/root" PREFIX=/usr install
bin=$tmp/root/usr/bin
# The data folder is found beside the program, not in the source tree.
status "the installed certpress tells its data folder" 0 "$bin/certpress" --data-dir
says "it is the installed one" "^$tmp/root/usr/share/certpress\$" "$tmp/out"
for page in csv2rec rec2cert cert2fo fo2pdf pdf2pdfa pdfsign pdfcheck cert2xref certpress; do
    check "$page.1 is installed" test -s "$tmp/root/usr/share/man/man1/$page.1"
done
status "a new job is made" 0 "$bin/certpress" init "$tmp/job"
status "and printed" 0 "$bin/certpress" print --date 2026-11-16 "$tmp/job"
check "there is a document" sh -c "qpdf --check $tmp/job/out/*.pdf"
finish
