#!/bin/sh
# The pages of certificates as they come out of cert2fo and fo2pdf: number and page n of m on every
# page, long names and words inside their columns, specimens marked.
. tests/lib.sh
cases=tests/cases/cert2fo

# print NAME CERT: $tmp/NAME.pdf from a certificate, without a message.
print()
{
    cert2fo -o "$tmp/$1.fo" "$2" >"$tmp/$1.err" 2>&1 &&
        fo2pdf --date 2026-11-22 --base $cases -o "$tmp/$1.pdf" "$tmp/$1.fo" >>"$tmp/$1.err" 2>&1 &&
        [ ! -s "$tmp/$1.err" ]
}

pages_of()
{
    pdfinfo "$tmp/$1.pdf" | awk '/^Pages:/ { print $2 }'
}

# words NAME PAGE: the words of a page on one line.
words()
{
    pdftotext -layout -f "$2" -l "$2" "$tmp/$1.pdf" - | tr -s ' \n\f' ' '
}

# Passes when every page says number N and where it stands among its own pages.
check_pages()
{
    name=$1 number=$2
    n=$(pages_of "$name")
    : >"$tmp/$name.missing"
    page=0 expected=0
    while [ "$page" -lt "$n" ]; do
        page=$((page + 1))
        words "$name" "$page" >"$tmp/words"
        grep -qF -- "$number" "$tmp/words" || echo "page $page: no '$number'" >>"$tmp/$name.missing"
        at=$(sed 's|\([0-9]*\) / \([0-9]*\) ページ|page \1 of \2|' "$tmp/words" | grep -oE '[Pp]age [0-9]+ of [0-9]+' | tail -1)
        # A run of pages begins with 1, goes up by one, and ends with its own count.
        this=$(echo "$at" | cut -d' ' -f2) of=$(echo "$at" | cut -d' ' -f4)
        [ "$expected" = 0 ] && count=$of
        expected=$((expected + 1))
        { [ "$this" = "$expected" ] && [ "$of" = "$count" ]; } || echo "page $page: '$at', not $expected of $count" >>"$tmp/$name.missing"
        [ "$expected" = "$count" ] && expected=0
    done
    [ "$expected" = 0 ] || echo "the last run ends early" >>"$tmp/$name.missing"
    if [ "$n" -gt 0 ] && [ ! -s "$tmp/$name.missing" ]; then
        pass "$name: number and page n of m on all pages"
    else
        fail "$name: number and page n of m on all pages" "$tmp/$name.missing"
    fi
}

for cert in "$cases"/*.cert.xml; do
    name=$(basename "$cert" .cert.xml)
    case $name in fault*) continue ;; esac
    if print "$name" "$cert"; then
        pass "$name: prints without a message"
        check_pages "$name" "$(xmllint --xpath 'string(/*/*[local-name()="reference"])' "$cert")"
    else
        fail "$name: prints without a message" "$tmp/$name.err"
    fi
done

# alone NAME CERT [PREFIX]: the stylesheets work without our program, whose functions in C do as theirs.
alone()
{
    xsltproc --nonet "xsl/${1%%-*}.xsl" "$2" >"$tmp/alone.fo" 2>"$tmp/alone.err"
    xmllint --noblanks --c14n "$tmp/alone.fo" >"$tmp/alone.xml" 2>/dev/null
    xmllint --noblanks --c14n "$tmp/$3$1.fo" >"$tmp/ours.xml" 2>/dev/null
    check "$3$1: xsltproc makes the same pages" sh -c "[ -s '$tmp/alone.xml' ] && cmp '$tmp/alone.xml' '$tmp/ours.xml'"
}

for cert in "$cases"/*.cert.xml; do
    name=$(basename "$cert" .cert.xml)
    case $name in fault*) ;; *) alone "$name" "$cert" ;; esac
done
status "xsltproc stops at the first fault" 10 xsltproc --nonet xsl/iecee.xsl $cases/fault-unknown.cert.xml
says "and names the cell" '^certificates\.csv:7:1: error: .* \[XSL-004\]$' "$tmp/err"

n=$(pages_of iecee-specimen)
page=0 marked=0
while [ "$page" -lt "$n" ]; do
    page=$((page + 1))
    [ "$(words iecee-specimen "$page" | grep -o SPECIMEN | wc -l)" -ge 2 ] && marked=$((marked + 1))
done
check "every page of a specimen is marked twice" [ "$marked" = "$n" ]
check "a specimen names no signatory" sh -c "! pdftotext '$tmp/iecee-specimen.pdf' - | grep -q 'Aoife'"

# Content far beyond the usual, made from the cases: it has to wrap, break and stay in its column,
# which fo2pdf would otherwise refuse.
cat >"$tmp/long.xsl" <<'END'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:c="urn:certpress:cert" xmlns="urn:certpress:cert">
  <xsl:variable name="text">A description that is longer than anyone would like to read on paper goes on and on for some more lines. </xsl:variable>
  <xsl:variable name="word">XC-12345_REV/A.7:WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW</xsl:variable>
  <!-- What has to stay together or may part in ways of its own. -->
  <xsl:variable name="odd"> From 24 V, 5 kΩ (or 20 °C) to 7 ( 8 ; 9 Volt 10 mbar. x5 A;&#9;ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜ日本語日本語日本語日本語 <xsl:value-of select="concat($word, $word, $word, $word, $word, '/')"/>&#xA0;12 (V). </xsl:variable>
  <xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>
  <xsl:template match="c:issuer/c:name|c:applicant/c:name|c:manufacturer/c:name"><xsl:copy>International Association of Long Company Names for Automation, Instrumentation and Control, GmbH und Co. KG, <xsl:value-of select="$word"/></xsl:copy></xsl:template>
  <xsl:template match="c:applicant/c:street"><street>Building 7, Entrance C, Fourth Floor, Room 4.117</street><street>Industrial Park of the Northern Harbour, Plot 118/7</street><street>Avenue of the Engineers 12345</street><street>Central Receiving Office</street></xsl:template>
  <xsl:template match="c:coverage/c:p|c:scope/c:p|c:conditions/c:p"><xsl:copy-of select="."/><p><xsl:value-of select="concat($text, $text, $text, $word)"/></p><p><xsl:value-of select="$odd"/></p></xsl:template>
  <xsl:template match="c:trademark|c:model|c:protection|c:marking/c:line|c:equipment/c:name|c:component/c:version|c:signatory/c:position"><xsl:copy><xsl:value-of select="concat(., ' ', $word)"/></xsl:copy></xsl:template>
  <xsl:template match="c:component"><xsl:variable name="this" select="."/><xsl:for-each select="(document('')//xsl:*)[position() &lt; 13]"><xsl:apply-templates select="$this" mode="once"/></xsl:for-each></xsl:template>
  <xsl:template match="c:component" mode="once"><xsl:copy><xsl:apply-templates/></xsl:copy></xsl:template>
  <xsl:template match="c:component[last()]/c:description"><xsl:copy><p><xsl:value-of select="concat($text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text)"/></p></xsl:copy></xsl:template>
  <xsl:template match="c:control[@applicable='no']/c:justification/c:p"><p><xsl:value-of select="concat($text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $word)"/></p></xsl:template>
</xsl:stylesheet>
END
for kind in iecee iecex csms; do
    xsltproc --nonet "$tmp/long.xsl" "$cases/$kind.cert.xml" >"$tmp/long-$kind.cert.xml"
    if print "long-$kind" "$tmp/long-$kind.cert.xml"; then
        pass "long-$kind: prints without a message"
        alone "$kind" "$tmp/long-$kind.cert.xml" long-
        check_pages "long-$kind" "$(xmllint --xpath 'string(/*/*[local-name()="reference"])' "$cases/$kind.cert.xml")"
        # Nothing printed stands outside the text's 170 mm (57 to 539 points), give or take a side bearing.
        pdftotext -bbox "$tmp/long-$kind.pdf" - |
            sed -n 's/.*<word xMin="\([0-9.]*\)" yMin="\([0-9.]*\)" xMax="\([0-9.]*\)" yMax="\([0-9.]*\)">\(.*\)<.*/\1 \2 \3 \4 \5/p' >"$tmp/places"
        awk '$1 < 55.5 || $3 > 540.5 || $2 < 48 || $4 > 822' "$tmp/places" >"$tmp/outside"
        check "long-$kind: every word inside the text" sh -c "[ -s '$tmp/places' ] && [ ! -s '$tmp/outside' ]"
    else
        fail "long-$kind: prints without a message" "$tmp/long-$kind.err"
    fi
done

# Sixty components, none lost at a page break.
check "long-iecee: sixty components" [ "$(pdftotext "$tmp/long-iecee.pdf" - | grep -c '^Edge gateway TG400-C$\|^Configuration tool TindConfig$\|^Update service TindUpdate$\|^Operator station$\|^Programmable controllers$')" = 60 ]
finish
