<?xml version="1.0" encoding="UTF-8"?>
<!-- Names and addresses. LONG is everywhere that of txt:soft. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:txt="urn:certpress:xsl:text" xmlns:org="urn:certpress:xsl:organization"
    xmlns:p="urn:certpress:provenance" xmlns:func="http://exslt.org/functions"
    extension-element-prefixes="func" exclude-result-prefixes="c txt org p">

  <!-- How countries write: templates/common/addresses.xml. -->
  <xsl:variable name="org:countries" select="document('../../templates/common/addresses.xml')/*/*"/>

  <!-- The rules of the country CODE; none where they are as everywhere. -->
  <func:function name="org:rules">
    <xsl:param name="code"/>
    <func:result select="$org:countries[@country = $code]"/>
  </func:function>

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
      <fo:block role="P"><xsl:apply-templates select="." mode="org:_part"/></fo:block>
    </xsl:for-each>
    <fo:block role="P"><xsl:call-template name="org:_town"/></fo:block>
    <fo:block role="P"><xsl:apply-templates select="c:country" mode="org:_part"/></fo:block>
  </xsl:template>

  <xsl:template name="org:name">
    <xsl:param name="long" select="56"/>
    <xsl:apply-templates select="c:name" mode="org:_part">
      <xsl:with-param name="long" select="$long"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- The address of the context node in one run, its parts set off by commas. -->
  <xsl:template name="org:address">
    <xsl:param name="long" select="56"/>
    <xsl:for-each select="c:street">
      <xsl:apply-templates select="." mode="org:_part">
        <xsl:with-param name="long" select="$long"/>
      </xsl:apply-templates>
      <xsl:text>, </xsl:text>
    </xsl:for-each>
    <xsl:call-template name="org:_town">
      <xsl:with-param name="long" select="$long"/>
    </xsl:call-template>
    <xsl:text>, </xsl:text>
    <xsl:apply-templates select="c:country" mode="org:_part">
      <xsl:with-param name="long" select="$long"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- Town and postcode in the order of the country. -->
  <xsl:template name="org:_town">
    <xsl:param name="long" select="56"/>
    <xsl:variable name="code-first" select="not(org:rules(string(c:country/@code))/@town = 'city postcode')"/>
    <xsl:for-each select="c:postcode[$code-first]">
      <xsl:apply-templates select="." mode="org:_part"><xsl:with-param name="long" select="$long"/></xsl:apply-templates>
      <xsl:text>&#xA0;</xsl:text>
    </xsl:for-each>
    <xsl:apply-templates select="c:city" mode="org:_part"><xsl:with-param name="long" select="$long"/></xsl:apply-templates>
    <xsl:for-each select="c:postcode[not($code-first)]">
      <xsl:text>&#xA0;</xsl:text>
      <xsl:apply-templates select="." mode="org:_part"><xsl:with-param name="long" select="$long"/></xsl:apply-templates>
    </xsl:for-each>
  </xsl:template>

  <!-- A part of a name or address. In a country of Han characters, text with others than the letters
       of romanized names is marked as its language: a Han character has one shape there and another
       elsewhere, and is read out otherwise. So is what the record says the language of. A wrapper carries the cell that the part came from; it stands
       there without a cell too, so that the same data set the same however they came. -->
  <xsl:template match="*" mode="org:_part">
    <xsl:param name="long" select="56"/>
    <xsl:variable name="language" select="@xml:lang
        | org:rules(string(../c:country[not(current()/@xml:lang)]/@code))/@lang"/>
    <xsl:choose>
      <xsl:when test="$language and not(self::c:country) and (@xml:lang or translate(., $org:_romanized, ''))">
        <fo:inline xml:lang="{$language}">
          <xsl:copy-of select="@p:*"/>
          <xsl:call-template name="txt:soft">
            <xsl:with-param name="long" select="$long"/>
            <xsl:with-param name="language" select="''"/>
          </xsl:call-template>
        </fo:inline>
      </xsl:when>
      <xsl:otherwise>
        <fo:wrapper>
          <xsl:copy-of select="@p:*"/>
          <xsl:call-template name="txt:soft"><xsl:with-param name="long" select="$long"/></xsl:call-template>
        </fo:wrapper>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:variable name="org:_romanized">
    <xsl:text> &#xA0;!"#$%&amp;'()*+,-./0123456789:;&lt;=&gt;?@[\]^_`{|}~–—‘’“”„«»·°№</xsl:text>
    <xsl:text>ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz</xsl:text>
    <xsl:text>ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĒēĪīŌōŎŏŪūŬŭ</xsl:text>
    <xsl:text>ǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜ</xsl:text>
  </xsl:variable>

</xsl:stylesheet>
