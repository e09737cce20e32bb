<?xml version="1.0" encoding="UTF-8"?>
<!-- What certpress proof and certpress merge set themselves: the words of a contact sheet, and the mark that
     lies behind a page of what is not sealed. The pages themselves are put there by certpress. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert" xmlns:w="urn:certpress:wording"
    xmlns:txt="urn:certpress:xsl:text" xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
    extension-element-prefixes="func" exclude-result-prefixes="c w txt str">
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <xsl:variable name="lang" select="/c:certificate/@lang"/>
  <xsl:variable name="words" select="document(concat('../templates/proof/wording.', $lang, '.xml'))/w:wording"/>

  <!-- The words of KEY, with NUMBER and OF in their places. -->
  <func:function name="txt:of">
    <xsl:param name="key"/>
    <xsl:param name="number" select="''"/>
    <xsl:param name="of" select="''"/>
    <xsl:variable name="text" select="string($words/w:text[@key = $key])"/>
    <func:result select="str:replace(str:replace($text, '{number}', $number), '{of}', $of)"/>
  </func:function>

  <xsl:template match="c:certificate">
    <fo:root xml:lang="{$lang}" font-family="Source Sans 3, Noto Sans CJK JP" font-size="7pt" line-height="8pt"
        color="#333333">
      <fo:layout-master-set>
        <fo:simple-page-master master-name="sheet" page-width="595.276pt" page-height="841.89pt">
          <fo:region-body/>
        </fo:simple-page-master>
      </fo:layout-master-set>
      <fo:page-sequence master-reference="sheet">
        <fo:title><xsl:value-of select="txt:of('title')"/></fo:title>
        <fo:flow flow-name="xsl-region-body">
          <xsl:apply-templates select="c:sheet | c:draft"/>
        </fo:flow>
      </fo:page-sequence>
    </fo:root>
  </xsl:template>

  <xsl:template match="c:sheet">
    <xsl:apply-templates select="c:page"/>
    <fo:block-container absolute-position="fixed" top="800pt" left="36pt" width="523pt" height="10pt">
      <fo:block text-align="end"><xsl:value-of select="txt:of('sheet', @number, @of)"/></fo:block>
    </fo:block-container>
  </xsl:template>

  <!-- The name may be long: it is broken after the characters that stand for others. -->
  <xsl:template match="c:page">
    <fo:block-container absolute-position="fixed" top="{@top}pt" left="{@left}pt" width="{@width}pt"
        height="{@height}pt" overflow="hidden">
      <fo:block>
        <fo:inline font-weight="600"><xsl:value-of select="str:replace(@name, '_', '_&#x200B;')"/></fo:inline>
        <xsl:value-of select="concat(' · ', txt:of('page', @number, @of))"/>
        <xsl:if test="@draft">
          <fo:inline color="#9c1c1c" font-weight="600"><xsl:value-of select="concat(' · ', txt:of('draft'))"/></fo:inline>
        </xsl:if>
      </fo:block>
    </fo:block-container>
  </xsl:template>

  <xsl:template match="c:draft">
    <fo:block-container absolute-position="fixed" top="230pt" left="0pt" width="595.276pt" height="130pt">
      <fo:block text-align="center" font-size="110pt" line-height="130pt" font-weight="600"
          color="#f0d9d9"><xsl:value-of select="txt:of('draft')"/></fo:block>
    </fo:block-container>
    <fo:block-container absolute-position="fixed" top="8pt" left="0pt" width="595.276pt" height="12pt">
      <fo:block text-align="center" font-size="9pt" line-height="12pt" font-weight="600"
          color="#9c1c1c"><xsl:value-of select="txt:of('draft-note')"/></fo:block>
    </fo:block-container>
  </xsl:template>
</xsl:stylesheet>
