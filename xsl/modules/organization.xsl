<?xml version="1.0" encoding="UTF-8"?>
<!-- Names and addresses. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:txt="urn:certpress:xsl:text" xmlns:org="urn:certpress:xsl:organization"
    exclude-result-prefixes="c txt org">

  <!-- The organization below the context node: its name, then its address. -->
  <xsl:template name="org:block">
    <xsl:param name="long" select="56"/>
    <fo:block role="P" font-weight="600"><xsl:call-template name="txt:soft">
      <xsl:with-param name="text" select="string(c:name)"/>
      <xsl:with-param name="long" select="$long"/>
    </xsl:call-template></fo:block>
    <fo:block role="P"><xsl:call-template name="org:address">
      <xsl:with-param name="long" select="$long"/>
    </xsl:call-template></fo:block>
  </xsl:template>

  <!-- The same with each part of the address on a line of its own. -->
  <xsl:template name="org:lines">
    <fo:block role="P" font-weight="600"><xsl:call-template name="txt:soft">
      <xsl:with-param name="text" select="string(c:name)"/>
    </xsl:call-template></fo:block>
    <xsl:for-each select="c:street">
      <fo:block role="P"><xsl:call-template name="txt:soft"/></fo:block>
    </xsl:for-each>
    <fo:block role="P"><xsl:call-template name="txt:soft">
      <xsl:with-param name="text"><xsl:call-template name="org:_town"/></xsl:with-param>
    </xsl:call-template></fo:block>
    <fo:block role="P"><xsl:call-template name="txt:soft">
      <xsl:with-param name="text" select="string(c:country)"/>
    </xsl:call-template></fo:block>
  </xsl:template>

  <!-- The address of the context node in one run, its parts set off by commas. LONG is that of txt:soft. -->
  <xsl:template name="org:address">
    <xsl:param name="long" select="56"/>
    <xsl:call-template name="txt:soft">
      <xsl:with-param name="long" select="$long"/>
      <xsl:with-param name="text">
        <xsl:for-each select="c:street">
          <xsl:value-of select="."/>
          <xsl:text>, </xsl:text>
        </xsl:for-each>
        <xsl:call-template name="org:_town"/>
        <xsl:text>, </xsl:text>
        <xsl:value-of select="c:country"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Town and postcode in the order of the country. -->
  <xsl:template name="org:_town">
    <xsl:variable name="order"
        select="document('../../templates/common/addresses.xml')/*/*[@country = current()/c:country/@code]/@town"/>
    <xsl:choose>
      <xsl:when test="not(c:postcode)"><xsl:value-of select="c:city"/></xsl:when>
      <xsl:when test="$order = 'city postcode'">
        <xsl:value-of select="concat(c:city, '&#xA0;', c:postcode)"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="concat(c:postcode, '&#xA0;', c:city)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
