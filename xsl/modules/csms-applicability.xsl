<?xml version="1.0" encoding="UTF-8"?>
<!-- The Statement of Applicability: which controls were selected, which excluded, and why, by
     element of the standard. It has its own page numbers. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:soa="urn:certpress:xsl:csms-applicability"
    xmlns:page="urn:certpress:xsl:page" xmlns:part="urn:certpress:xsl:parts"
    xmlns:txt="urn:certpress:xsl:text" xmlns:p="urn:certpress:provenance"
    exclude-result-prefixes="c soa page part txt p">

  <xsl:template match="c:controls" mode="soa:pages">
    <xsl:call-template name="page:sequence">
      <xsl:with-param name="id" select="'soa'"/>
      <xsl:with-param name="master" select="'inner-pages'"/>
      <xsl:with-param name="pages" select="txt:of('soa-page-n-of-m')"/>
      <xsl:with-param name="title" select="txt:put(txt:of('soa-head'), 'version', ../c:soa/@version)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:controls" mode="page:content">
    <fo:block role="H2" id="applicability" font-size="15pt" line-height="19pt" font-weight="600"
        color="{$dark}" keep-with-next.within-page="always">
      <xsl:value-of select="txt:of('soa')"/>
    </fo:block>
    <fo:block role="P" font-size="11pt" line-height="15pt" space-before="2pt" space-after="8pt"
        color="#333333" keep-with-next.within-page="always">
      <xsl:value-of select="txt:put(txt:put(txt:put(txt:of('soa-subtitle'), 'standard',
          ../c:criteria/@dated), 'date', ../c:soa/@date), 'version', ../c:soa/@version)"/>
    </fo:block>
    <fo:block role="P"><xsl:value-of select="txt:fit(txt:put(txt:of('soa-sentence'), 'organization',
          ../c:applicant/c:name), 56)"/></fo:block>
    <xsl:call-template name="soa:_totals"/>
    <xsl:call-template name="soa:_controls"/>
  </xsl:template>

  <!-- ==== totals by element ==== -->

  <xsl:template name="soa:_totals">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:of('soa-totals')"/>
      <xsl:with-param name="id" select="'soa-totals'"/>
      <xsl:with-param name="role" select="'H3'"/>
    </xsl:call-template>
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum" border-after-width="0.8pt"
        border-after-style="solid" border-after-color="{$dark}"
        border-after-width.conditionality="retain">
      <fo:table-column column-width="20mm"/>
      <fo:table-column column-width="96mm"/>
      <fo:table-column column-width="18mm"/>
      <fo:table-column column-width="18mm"/>
      <fo:table-column column-width="18mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'element-code'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'element'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'selected'"/><xsl:with-param name="side" select="'end'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'excluded'"/><xsl:with-param name="side" select="'end'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'total'"/><xsl:with-param name="side" select="'end'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:apply-templates select="c:group | c:sum" mode="soa:total"/>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template match="c:group" mode="soa:total">
    <fo:table-row keep-together.within-page="always">
      <xsl:call-template name="part:row-line"/>
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
        <fo:block><xsl:value-of select="@code"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:name(@name)"/></fo:block>
      </fo:table-cell>
      <xsl:call-template name="soa:_figures"/>
    </fo:table-row>
  </xsl:template>

  <xsl:template match="c:sum" mode="soa:total">
    <fo:table-row keep-together.within-page="always" keep-with-previous.within-page="always"
        font-weight="600" border-before-width="0.8pt" border-before-style="solid"
        border-before-color="{$dark}">
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell" number-columns-spanned="2" text-align="start">
        <fo:block><xsl:value-of select="txt:of('all-elements')"/></fo:block>
      </fo:table-cell>
      <xsl:call-template name="soa:_figures"/>
    </fo:table-row>
  </xsl:template>

  <xsl:template name="soa:_figures">
    <xsl:call-template name="soa:_figure"><xsl:with-param name="value" select="@selected"/></xsl:call-template>
    <xsl:call-template name="soa:_figure"><xsl:with-param name="value" select="@excluded"/></xsl:call-template>
    <xsl:call-template name="soa:_figure"><xsl:with-param name="value" select="@total"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="soa:_figure">
    <xsl:param name="value"/>
    <fo:table-cell padding-before="3pt" padding-after="3pt">
      <fo:block text-align="end"><xsl:value-of select="$value"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- ==== the controls ==== -->

  <xsl:template name="soa:_controls">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:of('soa-controls')"/>
      <xsl:with-param name="id" select="'soa-controls'"/>
      <xsl:with-param name="role" select="'H3'"/>
      <xsl:with-param name="above" select="'20pt'"/>
    </xsl:call-template>
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum" font-size="9pt" line-height="11.8pt"
        border-after-width="0.8pt" border-after-style="solid" border-after-color="{$dark}"
        border-after-width.conditionality="retain">
      <fo:table-column column-width="20mm"/>
      <fo:table-column column-width="62mm"/>
      <fo:table-column column-width="19mm"/>
      <fo:table-column column-width="69mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'control-id'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'control'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'applicable'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'justification'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:group">
          <fo:table-row keep-together.within-page="always" keep-with-next.within-page="always"
              background-color="#eef2f6">
            <xsl:call-template name="part:row-line"/>
            <fo:table-cell role="TH" number-columns-spanned="4" xsl:use-attribute-sets="cell" padding-start="0pt"
                text-align="start" font-weight="600" color="{$dark}">
              <fo:block id="element-{position()}"><xsl:value-of select="concat(@code, '&#xA0; ', txt:name(@name))"/></fo:block>
            </fo:table-cell>
          </fo:table-row>
          <xsl:apply-templates select="c:control" mode="soa:row"/>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- An excluded control stands out by weight, not by colour alone. -->
  <xsl:template match="c:control" mode="soa:row">
    <fo:table-row>
      <xsl:if test="string-length(c:justification) &lt; 1200">
        <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
      </xsl:if>
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
        <fo:block><xsl:value-of select="@id"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:name(@name)"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <xsl:if test="@applicable = 'no'"><xsl:attribute name="font-weight">600</xsl:attribute></xsl:if>
        <fo:block><xsl:value-of select="txt:of(concat('applicable-', @applicable))"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell"><xsl:apply-templates select="c:justification/c:p"><xsl:with-param name="long" select="32"/></xsl:apply-templates></fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- ==== bookmarks ==== -->

  <xsl:template match="c:controls" mode="soa:bookmarks">
    <fo:bookmark internal-destination="applicability">
      <fo:bookmark-title><xsl:value-of select="txt:of('soa')"/></fo:bookmark-title>
      <xsl:for-each select="c:group">
        <xsl:call-template name="page:bookmark">
          <xsl:with-param name="to" select="concat('element-', position())"/>
          <xsl:with-param name="title" select="concat(@code, ' ', txt:name(@name))"/>
        </xsl:call-template>
      </xsl:for-each>
    </fo:bookmark>
  </xsl:template>

</xsl:stylesheet>
