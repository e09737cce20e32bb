<?xml version="1.0" encoding="UTF-8"?>
<!-- Names and addresses. LONG is everywhere that of txt:soft. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:txt="urn:certpress:xsl:text" xmlns:org="urn:certpress:xsl:organization"
    exclude-result-prefixes="c txt org">

  <!-- How countries write: templates/common/addresses.xml. -->
  <xsl:variable name="org:countries" select="document('../../templates/common/addresses.xml')/*/*"/>

  <!-- The organization below the context node: its name, then its address. -->
  <xsl:template name="org:block">
    <xsl:param name="long" select="56"/>
    <fo:block role="P" font-weight="600"><xsl:call-template name="org:name">
      <xsl:with-param name="long" select="$long"/>
    </xsl:call-template></fo:block>
    <fo:block role="P"><xsl:call-template name="org:address">
      <xsl:with-param name="long" select="$long"/>
    </xsl:call-template></fo:block>
  </xsl:template>

  <!-- The same with each part of the address on a line of its own. -->
  <xsl:template name="org:lines">
    <fo:block role="P" font-weight="600"><xsl:call-template name="org:name"/></fo:block>
    <xsl:for-each select="c:street">
      <fo:block role="P"><xsl:call-template name="org:_text">
        <xsl:with-param name="text" select="string(.)"/>
        <xsl:with-param name="country" select="../c:country/@code"/>
      </xsl:call-template></fo:block>
    </xsl:for-each>
    <fo:block role="P"><xsl:call-template name="org:_text">
      <xsl:with-param name="text"><xsl:call-template name="org:_town"/></xsl:with-param>
    </xsl:call-template></fo:block>
    <fo:block role="P"><xsl:call-template name="txt:soft">
      <xsl:with-param name="text" select="string(c:country)"/>
    </xsl:call-template></fo:block>
  </xsl:template>

  <xsl:template name="org:name">
    <xsl:param name="long" select="56"/>
    <xsl:call-template name="org:_text">
      <xsl:with-param name="text" select="string(c:name)"/>
      <xsl:with-param name="long" select="$long"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The address of the context node in one run, its parts set off by commas. -->
  <xsl:template name="org:address">
    <xsl:param name="long" select="56"/>
    <xsl:call-template name="org:_text">
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
    <xsl:variable name="order" select="$org:countries[@country = current()/c:country/@code]/@town"/>
    <xsl:choose>
      <xsl:when test="not(c:postcode)"><xsl:value-of select="c:city"/></xsl:when>
      <xsl:when test="$order = 'city postcode'">
        <xsl:value-of select="concat(c:city, '&#xA0;', c:postcode)"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="concat(c:postcode, '&#xA0;', c:city)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- TEXT of an organization in COUNTRY. In a country of Han characters, text with others than the
       letters of romanized names is marked as its language: a Han character has one shape there and
       another elsewhere, and is read out otherwise. -->
  <xsl:template name="org:_text">
    <xsl:param name="text"/>
    <xsl:param name="country" select="c:country/@code"/>
    <xsl:param name="long" select="56"/>
    <xsl:variable name="language" select="$org:countries[@country = $country]/@lang"/>
    <xsl:variable name="soft">
      <xsl:call-template name="txt:soft">
        <xsl:with-param name="text" select="string($text)"/>
        <xsl:with-param name="long" select="$long"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$language and translate($text, $org:_romanized, '')">
        <fo:inline xml:lang="{$language}"><xsl:value-of select="$soft"/></fo:inline>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$soft"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:variable name="org:_romanized">
    <xsl:text> &#xA0;!"#$%&amp;'()*+,-./0123456789:;&lt;=&gt;?@[\]^_`{|}~–—‘’“”„«»·°№</xsl:text>
    <xsl:text>ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz</xsl:text>
    <xsl:text>ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĒēĪīŌōŎŏŪūŬŭ</xsl:text>
    <xsl:text>ǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜ</xsl:text>
  </xsl:variable>

</xsl:stylesheet>
