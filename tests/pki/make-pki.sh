#!/bin/sh
# make-pki.sh DIR PORT - makes a throw-away TEST authority with revocation services in DIR.
#
# Its certificates name the OCSP responder and the CRLs that tests/pki/responder serves on loopback at
# PORT. The keys lie open in DIR and every name says TEST. As NAME.pem and NAME.key:
#
#   root, issuing        the authority; root.crl and issuing.crl are its lists of revocations
#   issuing-ocsp         signs OCSP responses for what issuing issued; the root's are lists only
#   seal p256 p384       seals: RSA 2048, ECDSA
#   revoked              a seal that was revoked
#   silent               a seal that names no service
#   tsa                  the time-stamp service
#   foreign-tsa          one of nobody's trust, self-signed
set -eu

[ $# = 2 ] || { echo "usage: $0 DIR PORT" >&2; exit 2; }
dir=$1
mkdir -p "$dir"
cd "$dir"
cat > ca.cnf <<END
[ca]
default_ca = body
[body]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
default_crl_days = 7
crlnumber = crlnumber
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
crlDistributionPoints = URI:http://127.0.0.1:$2/root.crl
[seal]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = 1.3.6.1.5.5.7.3.36,emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://127.0.0.1:$2/ocsp-issuing
crlDistributionPoints = URI:http://127.0.0.1:$2/issuing.crl
[silent]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = 1.3.6.1.5.5.7.3.36,emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:http://127.0.0.1:$2/issuing.crl
[foreign]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
[ocsp]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
noCheck = ignored
END
: > index
echo 01 > crlnumber

run() { "$@" > log.openssl 2>&1 || { cat log.openssl >&2; exit 2; }; }
key() { run openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$2" -out "$1.key"; }
# certify NAME SUBJECT SECTION SIGNER...: a certificate for NAME.key.
certify() {
    name=$1 subject="/C=XX/O=Certpress TEST Body/CN=$2" section=$3
    shift 3
    run openssl req -new -config ca.cnf -key "$name.key" -subj "$subject" -out "$name.csr"
    run openssl ca -batch -notext -config ca.cnf -extensions "$section" -startdate 20200101000000Z \
        -enddate 20491231235959Z -in "$name.csr" -out "$name.pem" "$@"
}
issue() { certify "$1" "TEST $1" "$2" -cert issuing.pem -keyfile issuing.key; }

key root P-384
certify root 'TEST Root' root -selfsign -keyfile root.key
key issuing P-256
certify issuing 'TEST Issuing' issuing -cert root.pem -keyfile root.key
for name in p256 tsa revoked silent issuing-ocsp foreign-tsa; do key $name P-256; done
key p384 P-384
run openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out seal.key
for name in seal p256 p384 revoked; do issue $name seal; done
issue silent silent
issue tsa tsa
issue issuing-ocsp ocsp
certify foreign-tsa 'TEST foreign' foreign -selfsign -keyfile foreign-tsa.key
run openssl ca -config ca.cnf -revoke revoked.pem -cert issuing.pem -keyfile issuing.key
for name in root issuing; do
    run openssl ca -config ca.cnf -gencrl -cert $name.pem -keyfile $name.key -out $name.crl.pem
    run openssl crl -in $name.crl.pem -outform DER -out $name.crl
done
