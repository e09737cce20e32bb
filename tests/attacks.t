#!/bin/sh
# The published attacks on PDF signatures, one forgery each of files sealed here, and what else must
# not pass: pdfcheck refuses all of them. See attacks/forge.c.
. tests/lib.sh
. tests/archive.sh
unset http_proxy HTTP_PROXY

check "an archive file is made" make_archive "$tmp/plain.a3.pdf"
check "a shadow attack is prepared in it" "$B/unit/forge" prepare "$tmp/plain.a3.pdf" "$tmp/c.a3.pdf"
make_authority "$tmp/pki"
seal()
{
    pdfsign -k "$lt/p256.key" -c "$lt/p256.pem" --chain "$lt/issuing.pem" --trust "$lt/root.pem" --tsa "$url/tsa" "$@"
}
renew() { pdfsign --renew --trust "$lt/root.pem" --chain "$lt/issuing.pem" --tsa "$url/tsa" "$@"; }
judge() { timeout 20 pdfcheck --trust "$lt/root.pem" "$@"; }

# ---- each level is told as what it is
for level in B-B B-T B-LT B-LTA; do
    status "a file of level $level is sealed" 0 seal --level $level -o "$tmp/$level.pdf" "$tmp/c.a3.pdf"
    status "$level conforms" 0 judge "$tmp/$level.pdf"
    says "and is told as $level" "PAdES level $level\$" "$tmp/out"
done
status "a certified file is sealed" 0 seal --certify --level b-lta -o "$tmp/certified.pdf" "$tmp/c.a3.pdf"
status "it conforms" 0 judge "$tmp/certified.pdf"
status "it is renewed" 0 renew -o "$tmp/renewed.pdf" "$tmp/certified.pdf"
status "it conforms still" 0 judge --json "$tmp/renewed.pdf"
says "its later revisions are listed" '"later_revisions":\["validation data","archive time stamp","validation data","archive time stamp"\]' "$tmp/out"
status "without anchors nothing is trusted, and the level told all the same" 0 pdfcheck "$tmp/B-LTA.pdf"
says "and that is said" 'trust not judged' "$tmp/out"
status "with other anchors neither seal nor stamp is trusted" 1 pdfcheck --trust "$lt/foreign-tsa.pem" "$tmp/B-LTA.pdf"
if grep -q 'PAdES level' "$tmp/out"; then fail "and no level is told" "$tmp/out"; else pass "and no level is told"; fi
status "a seal whose certificate was revoked by then is made" 0 pdfsign -k "$lt/revoked.key" -c "$lt/revoked.pem" --chain "$lt/issuing.pem" -o "$tmp/revoked.pdf" "$tmp/c.a3.pdf"
status "B-B does not tell" 0 judge "$tmp/revoked.pdf"
says "and that is said" 'revocation not known' "$tmp/out"

# ---- the attacks, on a seal alone, on one with all proofs, and on a certification
n=0
for attack in $("$B/unit/forge" list); do
    for file in B-B B-LTA certified; do
        if ! "$B/unit/forge" "$attack" "$tmp/$file.pdf" "$tmp/forged.pdf" 2>"$tmp/err"; then
            fail "$attack on $file is made" "$tmp/err"
            continue
        fi
        judge "$tmp/forged.pdf" >"$tmp/out" 2>"$tmp/err"
        got=$?
        n=$((n + 1))
        if [ $got = 1 ] && [ -s "$tmp/err" ]; then pass "$attack on $file is caught"; else fail "$attack on $file is caught ($got)" "$tmp/out" "$tmp/err"; fi
        case $attack in isa-* | shadow-* | eaa-* | ssa-*) ;; *) continue ;; esac
        [ "$file" = B-LTA ] || continue
        # An attacker can buy a time stamp for the forgery.
        renew -o "$tmp/stamped.pdf" "$tmp/forged.pdf" 2>"$tmp/err" || continue
        status "$attack with an archive time stamp over it is caught" 1 judge "$tmp/stamped.pdf"
    done
done
if [ $n -ge 80 ]; then pass "all classes were tried"; else fail "all classes were tried ($n)"; fi

# ---- one changed byte of what is sealed, its hole included
for file in B-B B-T; do
    if "$B/unit/forge" flips "$tmp/$file.pdf" "$lt/root.pem" 1000 >"$tmp/missed" 2>"$tmp/err"; then
        pass "$file: 1,000 changed bytes are noticed"
    else
        fail "$file: 1,000 changed bytes are noticed; not at these places" "$tmp/missed" "$tmp/err"
    fi
done
if "$B/unit/forge" flips "$tmp/B-LTA.pdf" "$lt/root.pem" 1000 >"$tmp/missed" 2>"$tmp/err"; then
    pass "B-LTA: 1,000 changed bytes are noticed, in its proofs too"
else
    fail "B-LTA: 1,000 changed bytes are noticed, in its proofs too; not at these places" "$tmp/missed" "$tmp/err"
fi
finish
