<?xml version="1.0" encoding="UTF-8"?>
<!-- The cyber-security annex of an IECEx certificate: the IECEE certificates that were recognized as
     evidence, their figures, and the exposure of the techniques of protection. It has its own page
     numbers and carries the certificate's number and issue. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:annex="urn:certpress:xsl:iecex-annex" xmlns:coc="urn:certpress:xsl:iecex-face"
    xmlns:lvl="urn:certpress:xsl:levels" xmlns:page="urn:certpress:xsl:page"
    xmlns:part="urn:certpress:xsl:parts" xmlns:txt="urn:certpress:xsl:text"
    xmlns:p="urn:certpress:provenance"
    exclude-result-prefixes="c annex coc lvl page part txt p">

  <xsl:template match="c:cyber" mode="annex:pages">
    <xsl:call-template name="page:sequence">
      <xsl:with-param name="id" select="'annex-1'"/>
      <xsl:with-param name="master" select="'inner-pages'"/>
      <xsl:with-param name="pages" select="txt:put(txt:of('annex-page-n-of-m'), 'annex', 1)"/>
      <xsl:with-param name="title" select="txt:put(txt:of('annex-head'), 'annex', 1)"/>
      <xsl:with-param name="number" select="$coc:number"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:cyber" mode="page:content">
    <fo:block role="H2" id="annex" font-size="15pt" line-height="19pt" font-weight="600" color="{$dark}"
        keep-with-next.within-page="always">
      <xsl:value-of select="txt:put(txt:put(txt:put(txt:of('annex-title'), 'annex', 1),
          'issue', $cert/c:issue), 'reference', $reference)"/>
    </fo:block>
    <fo:block role="P" font-size="11pt" line-height="15pt" space-before="2pt" space-after="8pt"
        color="#333333" keep-with-next.within-page="always">
      <xsl:value-of select="txt:of('annex-subtitle')"/>
    </fo:block>
    <fo:block role="P"><xsl:value-of select="txt:of('annex-introduction')"/></fo:block>
    <xsl:apply-templates select="c:evidence" mode="annex:section"/>
    <xsl:if test="c:evidence/c:levels"><xsl:call-template name="lvl:legend"/></xsl:if>
    <xsl:apply-templates select="c:exposure" mode="annex:section"/>
  </xsl:template>

  <xsl:template match="c:evidence" mode="annex:section">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:put(txt:of('annex-evidence'), 'reference', @reference)"/>
      <xsl:with-param name="id" select="concat('evidence-', position())"/>
      <xsl:with-param name="role" select="'H3'"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="fields">
      <xsl:call-template name="part:field-columns"/>
      <fo:table-body>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-issuer'"/>
          <xsl:with-param name="value" select="@issuer"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-date'"/>
          <xsl:with-param name="value" select="@date"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-type'"/>
          <xsl:with-param name="value" select="txt:of(concat('type-', @type))"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-standard'"/>
          <xsl:with-param name="value" select="@dated"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-item'"/>
          <xsl:with-param name="value" select="@item"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-holder'"/>
          <xsl:with-param name="value" select="@holder"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-report'"/>
          <xsl:with-param name="value" select="@report"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_file"/>
      </fo:table-body>
    </fo:table>
    <xsl:apply-templates select="c:levels">
      <xsl:with-param name="role" select="'H4'"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template name="annex:_field">
    <xsl:param name="key"/>
    <xsl:param name="value"/>
    <xsl:if test="$value">
      <xsl:call-template name="part:field">
        <xsl:with-param name="label" select="txt:of($key)"/>
        <xsl:with-param name="value">
          <fo:block role="P"><xsl:call-template name="txt:soft">
            <xsl:with-param name="text" select="string($value)"/>
          </xsl:call-template></fo:block>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The attached file, with the fingerprint by which it can be told. -->
  <xsl:template name="annex:_file">
    <xsl:if test="@file">
      <xsl:call-template name="part:field">
        <xsl:with-param name="label" select="txt:of('evidence-file')"/>
        <xsl:with-param name="value">
          <fo:block role="P"><xsl:call-template name="txt:soft">
            <xsl:with-param name="text" select="string(@file)"/>
          </xsl:call-template></fo:block>
          <fo:block role="P" font-size="8pt" line-height="11pt" color="{$grey}">
            <xsl:call-template name="txt:soft">
              <xsl:with-param name="text" select="txt:put(txt:of('evidence-sha256'), 'sha256', @sha256)"/>
              <xsl:with-param name="long" select="70"/>
            </xsl:call-template>
          </fo:block>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="c:exposure" mode="annex:section">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:of('exposure')"/>
      <xsl:with-param name="id" select="'exposure'"/>
      <xsl:with-param name="role" select="'H3'"/>
    </xsl:call-template>
    <fo:table table-layout="fixed" width="170mm" border-after-width="0.8pt" border-after-style="solid"
        border-after-color="{$dark}">
      <fo:table-column column-width="20mm"/>
      <fo:table-column column-width="90mm"/>
      <fo:table-column column-width="60mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'technique-code'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'technique'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'exposure-value'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:technique">
          <fo:table-row keep-together.within-page="always">
            <xsl:call-template name="part:row-line"/>
            <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
              <fo:block><xsl:value-of select="@code"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:value-of select="txt:or(concat('technique-', @name), @name)"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:value-of select="txt:of(concat('exposure-', @value))"/></fo:block>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
        <xsl:for-each select="c:overall">
          <fo:table-row font-weight="600" keep-with-previous.within-page="always"
              border-before-width="0.8pt" border-before-style="solid" border-before-color="{$dark}">
            <fo:table-cell role="TH" xsl:use-attribute-sets="cell" number-columns-spanned="2" text-align="start">
              <fo:block><xsl:value-of select="txt:of('exposure-overall')"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:value-of select="txt:of(concat('exposure-', @value))"/></fo:block>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
    <fo:block role="P" font-size="8pt" line-height="11pt" color="{$grey}" space-before="5pt"
        keep-with-previous.within-page="always"><xsl:value-of select="txt:of('exposure-note')"/></fo:block>
  </xsl:template>

  <xsl:template match="c:cyber" mode="annex:bookmarks">
    <xsl:call-template name="page:bookmark">
      <xsl:with-param name="to" select="'annex'"/>
      <xsl:with-param name="title" select="txt:put(txt:of('annex-head'), 'annex', 1)"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
