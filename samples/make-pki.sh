#!/bin/sh
# make-pki.sh DIR - makes a throw-away TEST certification authority and seal certificates in DIR.
#
# For samples and tests only: the keys lie open in DIR and every name says TEST. Nothing is done when
# DIR is complete already. What is made, each as NAME.pem (certificate) and NAME.key (private key):
#
#   root, issuing      the authority; root.pem is the trust anchor, issuing.pem the chain to give
#   seal               the seal, RSA 2048; also seal.p12, whose passphrase is the line in seal.pass
#   p256 p384 pss      seals with other keys: ECDSA P-256, P-384, a key for RSA-PSS alone
#   expired future     seals whose certificates are past, or begin in 2049
#   usage              a certificate for key encipherment, which must not seal
#   tls                a web server's certificate, with an extended key usage that is no seal's
#   plain, critical    certificates without key usage; with a critical extension that nobody knows
#   weak, ed25519      keys that are refused: RSA 1024, Ed25519
#   locked.key, old.p12   the seal's key under the passphrase in seal.pass; one in an outdated way
#   foreign            another authority of nobody's trust, self-signed
set -eu

[ $# = 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }
dir=$1
[ ! -e "$dir/complete" ] || exit 0
mkdir -p "$dir"
work=$(mktemp -d "$dir/work.XXXXXX")
trap 'rm -rf "$work"' EXIT HUP INT TERM

# A seal's certificate is for signing documents (RFC 9336); NSS, and so pdfsig, knows only the purpose
# of mail. No certificate names a revocation service, so nobody is asked for one; pdfsig -no-ocsp
# takes the lack of it for an unknown fault, pdfsig without that option does not.
cat > "$work/ca.cnf" <<END
[ca]
default_ca = body
[body]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[seal]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = 1.3.6.1.5.5.7.3.36,emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[plain]
basicConstraints = CA:FALSE
[critical]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
1.3.6.1.4.1.99999.1 = critical,ASN1:NULL
[usage]
basicConstraints = CA:FALSE
keyUsage = critical,keyEncipherment
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tls]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
END
: > "$work/index"

run() { "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 2; }; }

# key NAME ALGORITHM OPTION...: a new private key.
key() {
    name=$1 algorithm=$2
    shift 2
    run openssl genpkey -algorithm "$algorithm" "$@" -out "$work/$name.key"
}

# certify NAME SUBJECT SECTION BEGIN END SIGNER...: a certificate for NAME.key.
certify() {
    name=$1 subject="/C=XX/O=Certpress TEST Body/CN=$2" section=$3 begin=$4 end=$5
    shift 5
    run openssl req -new -config "$work/ca.cnf" -key "$work/$name.key" -subj "$subject" \
        -out "$work/$name.csr"
    run openssl ca -batch -notext -config "$work/ca.cnf" -extensions "$section" -startdate "$begin" \
        -enddate "$end" -in "$work/$name.csr" -out "$work/$name.pem" "$@"
}

# issue NAME SECTION BEGIN END: a certificate for NAME.key from the issuing authority.
issue() {
    certify "$1" "TEST Seal $1" "$2" "$3" "$4" -cert "$work/issuing.pem" \
        -keyfile "$work/issuing.key"
}

first=20200101000000Z last=20491231235959Z

key root EC -pkeyopt ec_paramgen_curve:P-384
certify root 'TEST Root' root "$first" "$last" -selfsign -keyfile "$work/root.key"
key issuing EC -pkeyopt ec_paramgen_curve:P-256
certify issuing 'TEST Issuing' issuing "$first" "$last" -cert "$work/root.pem" \
    -keyfile "$work/root.key"

key seal RSA -pkeyopt rsa_keygen_bits:2048
key p384 EC -pkeyopt ec_paramgen_curve:P-384
key pss RSA-PSS -pkeyopt rsa_keygen_bits:2048
key weak RSA -pkeyopt rsa_keygen_bits:1024
key ed25519 ED25519
for name in p256 expired future usage tls plain critical foreign; do
    key $name EC -pkeyopt ec_paramgen_curve:P-256
done
for name in seal p256 p384 pss weak ed25519; do
    issue $name seal "$first" "$last"
done
issue expired seal "$first" 20210101000000Z
issue future seal 20490101000000Z "$last"
issue usage usage "$first" "$last"
for name in tls plain critical; do
    issue $name $name "$first" "$last"
done
certify foreign 'TEST Foreign' seal "$first" "$last" -selfsign -keyfile "$work/foreign.key"

echo 'TEST passphrase' > "$work/seal.pass"
run openssl pkcs12 -export -inkey "$work/seal.key" -in "$work/seal.pem" \
    -certfile "$work/issuing.pem" -name 'TEST Seal' -passout "file:$work/seal.pass" \
    -out "$work/seal.p12"
run openssl pkcs12 -export -inkey "$work/seal.key" -in "$work/seal.pem" -legacy \
    -passout "file:$work/seal.pass" -out "$work/old.p12"
run openssl pkcs8 -topk8 -v2 aes256 -in "$work/seal.key" -passout "file:$work/seal.pass" \
    -out "$work/locked.key"

mv "$work"/*.key "$work"/*.p12 "$work/seal.pass" "$dir"
for name in root issuing seal p256 p384 pss weak ed25519 expired future usage tls plain critical \
    foreign; do
    mv "$work/$name.pem" "$dir"
done
: > "$dir/complete"
