<?xml version="1.0" encoding="UTF-8"?>
<!-- Words and running text: wording by key, values put into sentences, paragraphs, long words. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:w="urn:certpress:wording" xmlns:txt="urn:certpress:xsl:text"
    xmlns:err="urn:certpress:xsl:errors" xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
    xmlns:p="urn:certpress:provenance" extension-element-prefixes="func"
    exclude-result-prefixes="c w txt err p str">

  <!-- One index for the certificate's own wording and the wording files. -->
  <xsl:key name="txt:words" match="c:wording/c:text | w:wording/w:text" use="@key"/>

  <!-- The texts of a key in the document that DOCUMENT is a node of. -->
  <func:function name="txt:_words">
    <xsl:param name="document"/>
    <xsl:param name="key"/>
    <xsl:for-each select="$document">
      <func:result select="key('txt:words', $key)"/>
    </xsl:for-each>
    <xsl:if test="not($document)"><func:result select="/.."/></xsl:if>
  </func:function>

  <!-- The wording of a kind in a language; none without a language. -->
  <func:function name="txt:wording">
    <xsl:param name="of"/>
    <xsl:param name="language"/>
    <func:result select="txt:_file(concat(translate($of, './\:%', '?????'), '/wording'), $language)/w:wording"/>
  </func:function>

  <!-- A file of templates/ in a language. What a certificate names must be one word, so that nothing
       else may lead to a file. -->
  <func:function name="txt:_file">
    <xsl:param name="path"/>
    <xsl:param name="language"/>
    <xsl:choose>
      <xsl:when test="$language and not(contains($path, '?')) and translate($language, './\:%', '') = $language">
        <func:result select="document(concat('../../templates/', $path, '.', $language, '.xml'))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="/.."/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The texts of a key, those that come first first: the issuing body's own, else the kind's for
       this era, else the kind's, else the one common to all kinds. -->
  <func:function name="txt:_texts">
    <xsl:param name="key"/>
    <xsl:param name="own"/>
    <xsl:param name="of-kind"/>
    <xsl:param name="common"/>
    <xsl:variable name="kinds" select="txt:_words($of-kind, $key)[not(@era) or @era = $era]"/>
    <xsl:choose>
      <xsl:when test="$own"><func:result select="$own"/></xsl:when>
      <xsl:when test="$kinds[@era]"><func:result select="$kinds[@era]"/></xsl:when>
      <xsl:when test="$kinds"><func:result select="$kinds"/></xsl:when>
      <xsl:otherwise><func:result select="txt:_words($common, $key)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="txt:_first">
    <xsl:param name="key"/>
    <func:result select="txt:_texts($key, txt:_words($cert/c:wording, $key)[not(@lang) or @lang = $lang],
        $wording-kind, $wording-common)"/>
  </func:function>

  <!-- Whether there is a text of this key. -->
  <func:function name="txt:has">
    <xsl:param name="key"/>
    <func:result select="boolean(txt:_first($key))"/>
  </func:function>

  <!-- The text of a key. -->
  <func:function name="txt:of">
    <xsl:param name="key"/>
    <xsl:variable name="text" select="txt:_first($key)"/>
    <!-- A language without wording is one fault (known.xsl), not one for every word. -->
    <xsl:if test="not($text) and $wording-kind and $wording-common">
      <xsl:call-template name="err:no-word">
        <xsl:with-param name="key" select="$key"/>
      </xsl:call-template>
    </xsl:if>
    <func:result select="string($text)"/>
  </func:function>

  <!-- The text of a key in the second language of the form; empty on forms in one, and without a key. -->
  <func:function name="txt:second">
    <xsl:param name="key"/>
    <xsl:variable name="text" select="txt:_texts($key, txt:_words($cert/c:wording, $key)[@lang = $second-lang],
        $second-kind, $second-common)[$second-lang]"/>
    <xsl:if test="$key and not($text) and $second-kind and $second-common">
      <xsl:call-template name="err:no-word">
        <xsl:with-param name="key" select="$key"/>
      </xsl:call-template>
    </xsl:if>
    <func:result select="string($text)"/>
  </func:function>

  <!-- The same as a block below the first, when there is one. SIZE and LINE are those of its letters. -->
  <xsl:template name="txt:below">
    <xsl:param name="text"/>
    <xsl:param name="size" select="'7.5pt'"/>
    <xsl:param name="line" select="'9.6pt'"/>
    <xsl:param name="long" select="56"/>
    <xsl:if test="string($text)">
      <fo:block role="P" xml:lang="{$second-lang}" font-size="{$size}" line-height="{$line}" font-weight="400"
          color="{$grey}">
        <xsl:value-of select="txt:fit($text, $long)"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- A catalogue's English name in the document's language, where there is a translation. -->
  <xsl:key name="txt:names" match="w:names/w:name" use="@en"/>
  <xsl:variable name="txt:_names" select="txt:_file('common/names', substring($lang, 1, 20 * ($lang != 'en')))"/>
  <func:function name="txt:name">
    <xsl:param name="english"/>
    <xsl:variable name="own">
      <xsl:for-each select="$txt:_names"><xsl:value-of select="key('txt:names', $english)"/></xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="string($own)"><func:result select="string($own)"/></xsl:when>
      <xsl:otherwise><func:result select="string($english)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The text of a key, or OTHERWISE where a record may hold a word of its own. -->
  <func:function name="txt:or">
    <xsl:param name="key"/>
    <xsl:param name="otherwise"/>
    <xsl:choose>
      <xsl:when test="txt:has($key)"><func:result select="txt:of($key)"/></xsl:when>
      <xsl:otherwise><func:result select="string($otherwise)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- TEXT with VALUE in the place of {NAME}, once. Put values that come from records last, so that
       braces inside them are left alone. -->
  <func:function name="txt:put">
    <xsl:param name="text"/>
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:variable name="slot" select="concat('{', $name, '}')"/>
    <xsl:choose>
      <xsl:when test="contains($text, $slot)">
        <func:result select="concat(substring-before($text, $slot), $value,
            substring-after($text, $slot))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="string($text)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Paragraphs. -->
  <xsl:template match="c:p">
    <xsl:param name="long" select="56"/>
    <fo:block role="P" orphans="2" widows="2">
      <xsl:copy-of select="@p:* | @xml:lang"/>
      <xsl:if test="preceding-sibling::c:p[1]">
        <xsl:attribute name="space-before">3pt</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="txt:soft"><xsl:with-param name="long" select="$long"/></xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- TEXT as txt:fit has it. The text of an element that says its LANGUAGE is marked as that. -->
  <xsl:template name="txt:soft">
    <xsl:param name="text" select="string(.)"/>
    <xsl:param name="long" select="56"/>
    <xsl:param name="language" select="string(@xml:lang[parent::c:*[not(self::c:p)][string(.) = $text]])"/>
    <xsl:choose>
      <xsl:when test="$language">
        <fo:inline xml:lang="{$language}"><xsl:value-of select="txt:fit($text, $long)"/></fo:inline>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="txt:fit($text, $long)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- TEXT so that every word of it fits its column, which holds about LONG characters: a word that
       is longer may part (U+200B) after its punctuation marks, and where it has none, anywhere.
       Shorter words, and scripts that need no spaces to break, are left as they are. A number stays
       with its unit (U+00A0). -->
  <func:function name="txt:fit">
    <xsl:param name="text"/>
    <xsl:param name="long"/>
    <xsl:variable name="fitted">
      <xsl:if test="string-length($text) * 1.3 &gt; $long">
        <xsl:variable name="words" select="str:tokenize($text, ' &#x9;&#xA;&#xD;')"/>
        <xsl:if test="$words[string-length() * 1.3 &gt; $long][txt:_width(.) &gt; $long]
            or $words[contains($txt:_units, concat(' ', translate(., '.,;:()', ''), ' '))]">
          <xsl:for-each select="$words">
            <xsl:variable name="before" select="string(preceding-sibling::*[1])"/>
            <xsl:choose>
              <xsl:when test="position() = 1"/>
              <xsl:when test="contains($txt:_units, concat(' ', translate(., '.,;:()', ''), ' '))
                  and contains('0123456789', substring($before, string-length($before)))">
                <xsl:text>&#xA0;</xsl:text>
              </xsl:when>
              <xsl:otherwise><xsl:text> </xsl:text></xsl:otherwise>
            </xsl:choose>
            <xsl:choose>
              <xsl:when test="txt:_width(.) &gt; $long">
                <xsl:call-template name="txt:_part">
                  <xsl:with-param name="rest" select="string(.)"/>
                  <xsl:with-param name="step" select="ceiling($long div 2)"/>
                </xsl:call-template>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </xsl:if>
      </xsl:if>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="string($fitted)"><func:result select="string($fitted)"/></xsl:when>
      <xsl:otherwise><func:result select="string($text)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The width of a word in small letters, near enough: capitals count for 1.3 of them. -->
  <func:function name="txt:_width">
    <xsl:param name="word"/>
    <func:result select="string-length($word) + 0.3 * string-length(translate($word,
        'abcdefghijklmnopqrstuvwxyz0123456789.,:;-/_', ''))"/>
  </func:function>

  <!-- Cuts REST behind punctuation, else every STEP characters; a very long one by halves, so that
       no word is too long to be cut. -->
  <xsl:template name="txt:_part">
    <xsl:param name="rest"/>
    <xsl:param name="step"/>
    <xsl:choose>
      <xsl:when test="string-length($rest) &gt; 400">
        <xsl:variable name="half" select="floor(string-length($rest) div 2)"/>
        <xsl:call-template name="txt:_part">
          <xsl:with-param name="rest" select="substring($rest, 1, $half)"/>
          <xsl:with-param name="step" select="$step"/>
        </xsl:call-template>
        <xsl:text>&#x200B;</xsl:text>
        <xsl:call-template name="txt:_part">
          <xsl:with-param name="rest" select="substring($rest, $half + 1)"/>
          <xsl:with-param name="step" select="$step"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="head" select="substring($rest, 1, $step)"/>
        <xsl:variable name="mark" select="substring(translate($head, translate($head, $txt:_marks, ''), ''), 1, 1)"/>
        <xsl:variable name="piece">
          <xsl:choose>
            <xsl:when test="$mark"><xsl:value-of select="concat(substring-before($head, $mark), $mark)"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$head"/></xsl:otherwise>
          </xsl:choose>
        </xsl:variable>
        <xsl:variable name="next" select="substring($rest, string-length($piece) + 1)"/>
        <xsl:value-of select="$piece"/>
        <xsl:if test="$next">
          <xsl:text>&#x200B;</xsl:text>
          <xsl:call-template name="txt:_part">
            <xsl:with-param name="rest" select="$next"/>
            <xsl:with-param name="step" select="$step"/>
          </xsl:call-template>
        </xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:variable name="txt:_units" select="' % °C K A mA µA V mV kV VA kVA W mW kW MW Hz kHz MHz GHz
      J mJ µJ F µF nF pF H mH µH Ω kΩ MΩ bar mbar Pa kPa MPa N Nm kg g mm cm m km min h s ms MB GB '"/>
  <xsl:variable name="txt:_marks" select="'/-_.:;,@=&amp;?+#|'"/>

</xsl:stylesheet>
