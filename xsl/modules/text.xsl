<?xml version="1.0" encoding="UTF-8"?>
<!-- Words and running text: wording by key, values put into sentences, paragraphs, long words. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:w="urn:certpress:wording" xmlns:txt="urn:certpress:xsl:text"
    xmlns:err="urn:certpress:xsl:errors" xmlns:func="http://exslt.org/functions"
    xmlns:p="urn:certpress:provenance" extension-element-prefixes="func"
    exclude-result-prefixes="c w txt err p">

  <!-- Whether there is a text of this key. -->
  <func:function name="txt:has">
    <xsl:param name="key"/>
    <func:result select="boolean($cert/c:wording/c:text[@key = $key]
        | $wording-kind/w:text[@key = $key][not(@era) or @era = $era]
        | $wording-common/w:text[@key = $key])"/>
  </func:function>

  <!-- The text of a key: the issuing body's own, else the kind's for this era, else the kind's,
       else the one common to all kinds. -->
  <func:function name="txt:of">
    <xsl:param name="key"/>
    <xsl:variable name="own" select="$cert/c:wording/c:text[@key = $key]"/>
    <xsl:variable name="kinds" select="$wording-kind/w:text[@key = $key][not(@era) or @era = $era]"/>
    <xsl:choose>
      <xsl:when test="$own"><func:result select="string($own)"/></xsl:when>
      <xsl:when test="$kinds[@era]"><func:result select="string($kinds[@era])"/></xsl:when>
      <xsl:when test="$kinds"><func:result select="string($kinds)"/></xsl:when>
      <xsl:otherwise>
        <xsl:variable name="shared" select="$wording-common/w:text[@key = $key]"/>
        <xsl:if test="not($shared)">
          <xsl:call-template name="err:no-word">
            <xsl:with-param name="key" select="$key"/>
          </xsl:call-template>
        </xsl:if>
        <func:result select="string($shared)"/>
      </xsl:otherwise>
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
    <fo:block role="P" orphans="2" widows="2">
      <xsl:copy-of select="@p:*"/>
      <xsl:if test="preceding-sibling::c:p">
        <xsl:attribute name="space-before">3pt</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="txt:soft"/>
    </fo:block>
  </xsl:template>

  <!-- TEXT so that it can be broken: a word of more than LONG characters of the Latin script gets
       places (U+200B) where it may part. Other text is left as it is. -->
  <xsl:template name="txt:soft">
    <xsl:param name="text" select="string(.)"/>
    <xsl:param name="long" select="24"/>
    <xsl:value-of select="$text"/>
  </xsl:template>

</xsl:stylesheet>
