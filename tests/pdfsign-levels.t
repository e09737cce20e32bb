#!/bin/sh
# The levels above B-B: time stamps, the proof of non-revocation, archive time stamps and their
# renewal, by a TEST service on loopback; and what is refused when a service lies or is silent.
. tests/lib.sh
. tests/archive.sh
unset http_proxy HTTP_PROXY

check "an archive file is made" make_archive "$tmp/c.a3.pdf"
make_authority "$tmp/pki"

# seal KEY OPTION...: with that key.
seal()
{
    key=$1
    shift
    pdfsign -k "$lt/$key.key" -c "$lt/$key.pem" --chain "$lt/issuing.pem" --trust "$lt/root.pem" "$@"
}
asked() { sort "$lt/log" | uniq -c | awk '{ printf "%s%s", (NR > 1 ? " " : ""), $2 "=" $1 }'; }
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1 ('$2', not '$3')"; fi; }

# ---- each level, each key
for level in b-b b-t b-lt b-lta; do
    for key in seal p256 p384; do
        status "$level with $key" 0 seal $key --level $level --tsa "$url/tsa" -o "$tmp/$level-$key.pdf" "$tmp/c.a3.pdf"
        check "$level with $key: qpdf finds no fault" qpdf --check "$tmp/$level-$key.pdf"
        pdfsig -no-ocsp "$tmp/$level-$key.pdf" >"$tmp/sig" 2>&1
        says "$level with $key: pdfsig: the signature is valid" 'Signature is Valid' "$tmp/sig"
        check "$level with $key: what was there stays" cmp -n "$(size_of "$tmp/c.a3.pdf")" "$tmp/c.a3.pdf" "$tmp/$level-$key.pdf"
    done
done
status "b-lta with RSASSA-PSS" 0 seal seal --pss --level b-lta --tsa "$url/tsa" -o "$tmp/pss.pdf" "$tmp/c.a3.pdf"
cmp -n "$(size_of "$tmp/b-b-seal.pdf")" "$tmp/b-b-seal.pdf" "$tmp/b-lta-seal.pdf" >/dev/null 2>&1
qpdf --json "$tmp/b-lta-p256.pdf" >"$tmp/json"
says "b-lta: there is a store of validation data" '"/DSS":' "$tmp/json"
says "b-lta: with a proof for the seal" '"/VRI":' "$tmp/json"
says "b-lta: and an archive time stamp" '"/SubFilter": "/ETSI.RFC3161"' "$tmp/json"
says "b-lta: the extension is declared" '"/ESIC":' "$tmp/json"

# ---- what is asked of the services
: >"$lt/log"
mkdir "$tmp/into"
cp "$tmp/c.a3.pdf" "$tmp/d.a3.pdf"
status "several files at once" 0 seal p256 --level b-lta --tsa "$url/tsa" --into "$tmp/into" "$tmp/c.a3.pdf" "$tmp/d.a3.pdf"
is "lists once a batch, responses and stamps for each file" "$(asked)" "/issuing.crl=1 /ocsp-issuing=2 /root.crl=1 /tsa=5"
: >"$lt/log"
mkdir "$tmp/into2"
status "a file that is refused does not stop the others" 1 seal p256 --into "$tmp/into2" "$tmp/b-b-seal.pdf" "$tmp/d.a3.pdf"
if [ -f "$tmp/into2/d.a3.pdf" ] && [ ! -f "$tmp/into2/b-b-seal.pdf" ]; then pass "only that one is not written"; else fail "only that one is not written"; fi

status "a file that is there is not written over" 2 seal p256 --into "$tmp" "$tmp/d.a3.pdf"
check "and stays as it was" cmp "$tmp/c.a3.pdf" "$tmp/d.a3.pdf"

# ---- proofs from files
openssl ocsp -issuer "$lt/issuing.pem" -cert "$lt/p256.pem" -url "$url/ocsp-issuing" -CAfile "$lt/root.pem" -respout "$tmp/p256.ocsp" >"$tmp/ocsp.log" 2>&1
: >"$lt/log"
status "a certificate that names no service: a list given does" 0 seal silent --level b-lt --tsa "$url/tsa" \
    --crl "$lt/issuing.crl.pem" --crl "$lt/root.crl" -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
is "nothing but time stamps is fetched" "$(asked)" "/tsa=2"

# ---- renewal
status "an archive time stamp is renewed" 0 pdfsign --renew --trust "$lt/root.pem" --chain "$lt/issuing.pem" --tsa "$url/tsa" -o "$tmp/r1.pdf" "$tmp/b-lta-p256.pdf"
status "and again" 0 pdfsign --renew --trust "$lt/root.pem" --chain "$lt/issuing.pem" --tsa "$url/tsa" -o "$tmp/r2.pdf" "$tmp/r1.pdf"
check "the sealed bytes stay" cmp -n "$(size_of "$tmp/b-lta-p256.pdf")" "$tmp/b-lta-p256.pdf" "$tmp/r2.pdf"
is "three archive time stamps are there" "$(qpdf --json "$tmp/r2.pdf" | grep -c '"/SubFilter": "/ETSI.RFC3161"')" 3
check "qpdf finds no fault" qpdf --check "$tmp/r2.pdf"
for level in b-b b-t b-lt; do
    status "$level is brought to b-lta" 0 pdfsign --renew --trust "$lt/root.pem" --chain "$lt/issuing.pem" --tsa "$url/tsa" -o "$tmp/k.pdf" "$tmp/$level-p256.pdf"
done

# ---- certification
status "a certification signature" 0 seal p256 --certify --level b-lta --tsa "$url/tsa" -o "$tmp/certified.pdf" "$tmp/c.a3.pdf"
qpdf --json "$tmp/certified.pdf" >"$tmp/json"
says "it is named by the catalog" '"/DocMDP":' "$tmp/json"
says "it is a DocMDP transform" '"/TransformMethod": "/DocMDP"' "$tmp/json"

# ---- a job that asks for it all, with a seal to be seen on the second page of a certificate
cp -R samples/iecee "$tmp/job"
rm -rf "$tmp/job/out" "$tmp/job/stages" "$tmp/job/ledger"
sed '/<seal /d; s|</job>||' samples/iecee/job.xml >"$tmp/job/job.xml"
echo "<seal key='$lt/p256.key' cert='$lt/p256.pem' chain='$lt/issuing.pem' trust='$lt/root.pem' level='b-lta' tsa='$url/tsa' certify='yes' visible='yes'/></job>" >>"$tmp/job/job.xml"
sed 's|</profile>|<wording kind="iecee" lang="en"><text key="seal">Sealed electronically</text></wording></profile>|' samples/iecee/profile.xml >"$tmp/job/profile.xml"
status "a job that asks for a visible seal of level b-lta" 0 certpress print --only XX-EXA-0428 "$tmp/job"
qpdf --json "$tmp/job/out/XX-EXA-0428.pdf" >"$tmp/json" 2>/dev/null
says "it is stamped" '"/SubFilter": "/ETSI.RFC3161"' "$tmp/json"
says "it is certified" '"/DocMDP":' "$tmp/json"
says "its field has an appearance" '"/AP":' "$tmp/json"
check "qpdf finds no fault" qpdf --check "$tmp/job/out/XX-EXA-0428.pdf"
pdftotext -layout "$tmp/job/out/XX-EXA-0428.pdf" "$tmp/text"
says "what it looks like is part of the page" 'Sealed electronically' "$tmp/text"
sed -i "s/level='b-lta'/levle='b-lta'/" "$tmp/job/job.xml"
status "a word that is misspelt is refused" 1 certpress print "$tmp/job"
says "and named" "'levle'.*PRESS-070" "$tmp/err"
sed -i "s/levle='b-lta'/pss='maybe'/" "$tmp/job/job.xml"
status "so is a flag that is neither yes nor no" 1 certpress print "$tmp/job"
says "and named" "'maybe'.*PRESS-071" "$tmp/err"

# ---- what is refused: the target stays as it was
# refuses WHAT ID ARGUMENT...
refuses()
{
    what=$1 id=$2
    shift 2
    echo untouched >"$tmp/target"
    "$@" -o "$tmp/target" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    if [ "$got" -ge 1 ] && [ "$got" -le 2 ] && grep -q "\[$id\]" "$tmp/err" && [ "$(cat "$tmp/target")" = untouched ]; then
        pass "refused: $what"
    else
        fail "refused: $what (exit status $got, or not $id)" "$tmp/err"
    fi
}
lies() { refuses "$1" "$2" seal p256 --level b-t --tsa "$url/tsa-$3" "$tmp/c.a3.pdf"; }
lies "another nonce" SEAL-062 nonce
lies "a stamp of something else" SEAL-062 imprint
lies "a stamp of the month before" SEAL-063 time
lies "a stamp of a foreign service" SEAL-062 foreign
lies "an answer that is no stamp" SEAL-062 garbage
lies "a service that refuses" SEAL-061 refuses
lies "a service that fails" SEAL-060 fails
refuses "a stamp under another policy" SEAL-062 seal p256 --level b-t --tsa "$url/tsa-policy" --tsa-policy 1.2.3.4.1 "$tmp/c.a3.pdf"
status "the policy asked for is accepted" 0 seal p256 --level b-t --tsa "$url/tsa" --tsa-policy 1.2.3.4.1 -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
refuses "a policy that is none" SEAL-065 seal p256 --level b-t --tsa "$url/tsa" --tsa-policy policy "$tmp/c.a3.pdf"
refuses "a service nobody runs" SEAL-060 seal p256 --level b-t --tsa http://127.0.0.1:9/ "$tmp/c.a3.pdf"
refuses "a service by https" SEAL-060 seal p256 --level b-t --tsa https://127.0.0.1/ "$tmp/c.a3.pdf"
refuses "no service" SEAL-064 seal p256 --level b-t "$tmp/c.a3.pdf"
refuses "a level that is none" SEAL-072 seal p256 --level b-xl "$tmp/c.a3.pdf"
refuses "a certificate that is revoked" SEAL-067 seal revoked --level b-lt --tsa "$url/tsa" "$tmp/c.a3.pdf"
refuses "a certificate without proof" SEAL-068 seal silent --level b-lt --tsa "$url/tsa" "$tmp/c.a3.pdf"
refuses "a chain without end" SEAL-069 pdfsign -k "$lt/p256.key" -c "$lt/p256.pem" --level b-lt --tsa "$url/tsa" "$tmp/c.a3.pdf"
refuses "a file that is no list" SEAL-066 seal p256 --level b-lt --tsa "$url/tsa" --crl "$lt/p256.pem" "$tmp/c.a3.pdf"
refuses "a file that is no response" SEAL-066 seal p256 --level b-lt --tsa "$url/tsa" --ocsp "$lt/issuing.crl" "$tmp/c.a3.pdf"
refuses "to renew what is not sealed" SEAL-047 pdfsign --renew --tsa "$url/tsa" "$tmp/c.a3.pdf"
sed 's/Certificate T-1/Certificate T-2/' "$tmp/r1.pdf" >"$tmp/changed.pdf"
if cmp -s "$tmp/r1.pdf" "$tmp/changed.pdf"; then fail "the change is made"; fi
refuses "to renew what was changed" SEAL-048 pdfsign --renew --tsa "$url/tsa" "$tmp/changed.pdf"
refuses "to seal what is stamped" SEAL-040 seal p256 "$tmp/r1.pdf"
refuses "a visible seal on a page without a place for it" SEAL-043 seal p256 --visible "$tmp/c.a3.pdf"

# ---- services that help no more
mv "$lt/index" "$lt/index.gone"
status "a responder that is of no use: the list does" 0 seal p256 --level b-lt --tsa "$url/tsa" -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
says "the responder is named" 'SEAL-070' "$tmp/err"
mv "$lt/root.crl" "$lt/root.crl.gone"
refuses "no responder and no list" SEAL-071 seal p256 --level b-lt --tsa "$url/tsa" "$tmp/c.a3.pdf"
says "what is missing is said" 'SEAL-068' "$tmp/err"
# The last, for it sleeps longer than anyone waits.
lies "a service that does not answer in time" SEAL-060 hangs
finish
