#!/bin/sh
# The words of the pages: the same keys in every language, every key that a stylesheet asks for, and
# none that no page shows.
. tests/lib.sh

# keys FILE: its keys, with the era where they have one.
keys()
{
    xsltproc --nonet "$tmp/keys.xsl" "$1" | sort
}

cat >"$tmp/keys.xsl" <<'END'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:w="urn:certpress:wording">
  <xsl:output method="text"/>
  <xsl:template match="w:wording"><xsl:for-each select="w:text"><xsl:value-of select="concat(@key, '&#9;', @era, '&#10;')"/></xsl:for-each></xsl:template>
</xsl:stylesheet>
END

for english in templates/*/wording.en.xml; do
    kind=$(basename "$(dirname "$english")")
    keys "$english" >"$tmp/$kind.keys"
    uniq -d "$tmp/$kind.keys" >"$tmp/$kind.twice"
    if [ -s "$tmp/$kind.keys" ] && [ ! -s "$tmp/$kind.twice" ]; then
        pass "$kind: each key once"
    else
        fail "$kind: each key once" "$tmp/$kind.twice"
    fi
    # A text of one era replaces one that stands for the others.
    awk '$2 == "" { plain[$1] = 1 } $2 != "" { era[$1] = 1 } END { for (k in era) if (!(k in plain)) print k }' \
        FS='\t' "$tmp/$kind.keys" >"$tmp/$kind.eras"
    if [ -s "$tmp/$kind.eras" ]; then
        fail "$kind: every era has words" "$tmp/$kind.eras"
    else
        pass "$kind: every era has words"
    fi
    for other in "templates/$kind"/wording.??.xml; do
        [ "$other" = "$english" ] && continue
        keys "$other" >"$tmp/other.keys"
        check "$other has the keys of English" diff "$tmp/$kind.keys" "$tmp/other.keys"
    done
done

# A translation is of a name that a catalogue has, and once.
cat templates/catalogue/*.xml | grep -o ' name="[^"]*"' | cut -d'"' -f2 | sort -u >"$tmp/names"
for names in templates/common/names.*.xml; do
    grep -o ' en="[^"]*"' "$names" | cut -d'"' -f2 | sort >"$tmp/translated"
    { uniq -d "$tmp/translated"; comm -23 "$tmp/translated" "$tmp/names"; } >"$tmp/strange"
    if [ -s "$tmp/translated" ] && [ ! -s "$tmp/strange" ]; then
        pass "$names: names of catalogues"
    else
        fail "$names: names of catalogues" "$tmp/strange"
    fi
done

# Keys written out in stylesheets, and the beginnings of those that are put together.
cat xsl/*.xsl xsl/modules/*.xsl >"$tmp/all.xsl"
grep -o "txt:of('[^']*')" "$tmp/all.xsl" | cut -d"'" -f2 | sort -u >"$tmp/asked"
cat "$tmp"/*.keys | cut -f1 | sort -u >"$tmp/known"
comm -23 "$tmp/asked" "$tmp/known" >"$tmp/lacking"
if [ -s "$tmp/asked" ] && [ ! -s "$tmp/lacking" ]; then
    pass "every text that is asked for is there"
else
    fail "every text that is asked for is there" "$tmp/lacking"
fi
grep -o "concat('[a-z]*-[a-z-]*'" "$tmp/all.xsl" | cut -d"'" -f2 | sort -u >"$tmp/beginnings"
while read -r key; do
    grep -q -e "'$key'" -e ">$key<" -e "[^a-z]$key *[|\"]" -e "c:${key%s}[^a-z-]" "$tmp/all.xsl" && continue
    while read -r beginning; do
        case $key in "$beginning"*) continue 2 ;; esac
    done <"$tmp/beginnings"
    echo "$key"
done <"$tmp/known" >"$tmp/unused"
if [ -s "$tmp/unused" ]; then
    fail "no text that nothing shows" "$tmp/unused"
else
    pass "no text that nothing shows"
fi

# No word stands in a stylesheet: text in FO comes from the wording or the certificate.
for xsl in xsl/modules/*.xsl; do
    xsltproc --nonet - "$xsl" >"$tmp/words" <<'END'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format">
  <xsl:output method="text"/>
  <xsl:template match="text()"/>
  <xsl:template match="fo:*//text()[translate(., ' &#10;.,:;·()/*-–&#160;&#8203;', '')][not(ancestor::xsl:attribute)][not(ancestor::xsl:with-param) or ancestor::fo:*]">
    <xsl:if test="not(ancestor::xsl:attribute)"><xsl:value-of select="concat(normalize-space(.), '&#10;')"/></xsl:if>
  </xsl:template>
</xsl:stylesheet>
END
    [ -s "$tmp/words" ] && { echo "$xsl:"; cat "$tmp/words"; }
done >"$tmp/stray"
if [ -s "$tmp/stray" ]; then
    fail "no word stands in a stylesheet" "$tmp/stray"
else
    pass "no word stands in a stylesheet"
fi
finish
