<?xml version="1.0" encoding="UTF-8"?>
<!-- Every fault a stylesheet can report, once. The text stands as compilers write it, so that it
     reads the same under xsltproc; cert2fo takes place, text and id from it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:err="urn:certpress:xsl:errors" xmlns:p="urn:certpress:provenance"
    exclude-result-prefixes="err p">

  <!-- The context node is an element that no template takes. -->
  <xsl:template name="err:unhandled">
    <xsl:call-template name="err:_report">
      <xsl:with-param name="id" select="'XSL-001'"/>
      <xsl:with-param name="text">no template prints the element '<xsl:value-of select="name()"/>' here</xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="err:no-word">
    <xsl:param name="key"/>
    <xsl:call-template name="err:_report">
      <xsl:with-param name="id" select="'XSL-002'"/>
      <xsl:with-param name="text">the wording has no text '<xsl:value-of select="$key"/>'</xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="err:no-wording">
    <xsl:param name="lang"/>
    <xsl:call-template name="err:_report">
      <xsl:with-param name="id" select="'XSL-003'"/>
      <xsl:with-param name="text">there is no wording in the language '<xsl:value-of select="$lang"/>'</xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="err:no-such-word">
    <xsl:param name="key"/>
    <xsl:call-template name="err:_report">
      <xsl:with-param name="id" select="'XSL-005'"/>
      <xsl:with-param name="text">the text '<xsl:value-of select="$key"/>' replaces none: no such key is in the wording of this kind</xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="err:missing">
    <xsl:param name="name"/>
    <xsl:call-template name="err:_report">
      <xsl:with-param name="id" select="'XSL-004'"/>
      <xsl:with-param name="text">the certificate has no '<xsl:value-of select="$name"/>'</xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="err:_report">
    <xsl:param name="id"/>
    <xsl:param name="text"/>
    <xsl:variable name="from" select="ancestor-or-self::*[@p:at][1]"/>
    <xsl:variable name="message">
      <xsl:if test="$from"><xsl:value-of select="$from/@p:at"/>: </xsl:if>
      <xsl:text>error: </xsl:text>
      <xsl:value-of select="$text"/>
      <xsl:text> [</xsl:text>
      <xsl:value-of select="$id"/>
      <xsl:text>]</xsl:text>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$stop-at-first = 'yes'">
        <xsl:message terminate="yes"><xsl:value-of select="$message"/></xsl:message>
      </xsl:when>
      <xsl:otherwise>
        <xsl:message><xsl:value-of select="$message"/></xsl:message>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
