<?xml version="1.0" encoding="UTF-8"?>
<!-- The document and the front of an ExTR cross-reference: counts and findings. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:xref="urn:certpress:xsl:xref-face"
    xmlns:view="urn:certpress:xsl:xref-views" xmlns:known="urn:certpress:xsl:known"
    xmlns:org="urn:certpress:xsl:organization"
    xmlns:page="urn:certpress:xsl:page" xmlns:part="urn:certpress:xsl:parts"
    xmlns:txt="urn:certpress:xsl:text" xmlns:p="urn:certpress:provenance"
    exclude-result-prefixes="c known xref view org page part txt p">

  <xsl:template match="c:certificate[@kind = 'xref']">
    <xsl:call-template name="known:check">
      <xsl:with-param name="required" select="'counts findings cocs test-reports by-standard by-quality-report'"/>
    </xsl:call-template>
    <xsl:call-template name="page:root"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'xref']" mode="page:bookmarks">
    <xsl:call-template name="xref:_bookmarks"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'xref']" mode="page:sequences">
    <xsl:call-template name="page:sequence"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'xref']" mode="page:content">
    <xsl:call-template name="xref:_front"/>
    <xsl:apply-templates mode="view:pages"
        select="c:cocs | c:test-reports | c:by-standard | c:by-quality-report"/>
  </xsl:template>

  <xsl:template name="xref:_front">
    <xsl:call-template name="part:masthead"/>
    <xsl:call-template name="part:title">
      <xsl:with-param name="title" select="txt:of('title')"/>
      <xsl:with-param name="subtitle" select="txt:of('subtitle')"/>
    </xsl:call-template>
    <xsl:for-each select="c:counts">
      <xsl:call-template name="part:strip">
        <xsl:with-param name="n" select="6"/>
        <xsl:with-param name="facts">
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of('count-cocs')"/>
            <xsl:with-param name="value" select="@cocs"/>
          </xsl:call-template>
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of('count-test-reports')"/>
            <xsl:with-param name="value" select="@test-reports"/>
          </xsl:call-template>
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of('count-quality-reports')"/>
            <xsl:with-param name="value" select="@quality-reports"/>
          </xsl:call-template>
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of('count-evidence')"/>
            <xsl:with-param name="value" select="@evidence"/>
          </xsl:call-template>
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of('count-links')"/>
            <xsl:with-param name="value" select="@links"/>
          </xsl:call-template>
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of('count-findings')"/>
            <xsl:with-param name="value" select="@findings"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
    <fo:table xsl:use-attribute-sets="fields">
      <xsl:call-template name="part:field-columns"/>
      <fo:table-body>
        <xsl:for-each select="c:issuer">
          <xsl:call-template name="part:field">
            <xsl:with-param name="label" select="txt:of('compiled-by')"/>
            <xsl:with-param name="value"><xsl:call-template name="org:block"/></xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="c:issue-date">
          <xsl:call-template name="part:field">
            <xsl:with-param name="label" select="txt:of('compiled-on')"/>
            <xsl:with-param name="value">
              <fo:block role="P" cx:font-features="tnum"><xsl:value-of select="."/></fo:block>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
    <xsl:call-template name="part:section">
      <xsl:with-param name="text" select="txt:of('findings')"/>
      <xsl:with-param name="id" select="'findings'"/>
    </xsl:call-template>
    <xsl:choose>
      <xsl:when test="c:findings/c:coc"><xsl:apply-templates select="c:findings" mode="xref:table"/></xsl:when>
      <xsl:otherwise><fo:block role="P"><xsl:value-of select="txt:of('no-findings')"/></fo:block></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== findings, certificate by certificate ==== -->

  <xsl:template match="c:findings" mode="xref:table">
    <fo:block role="P" space-after="4pt" keep-with-next.within-page="always">
      <xsl:value-of select="txt:of('findings-sentence')"/>
    </fo:block>
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum" border-after-width="0.8pt"
        border-after-style="solid" border-after-color="{$dark}">
      <fo:table-column column-width="47mm"/>
      <fo:table-column column-width="123mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'document'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'finding'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:coc">
          <xsl:call-template name="view:group">
            <xsl:with-param name="text"><xsl:call-template name="view:coc"/></xsl:with-param>
            <xsl:with-param name="columns" select="2"/>
          </xsl:call-template>
          <xsl:apply-templates select="c:finding" mode="xref:row"/>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template match="c:finding" mode="xref:row">
    <fo:table-row keep-together.within-page="always">
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:fit(@document, 21)"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:fit(txt:put(txt:put(txt:put(txt:of(concat('finding-', @code)),
              'document', @document), 'expected', @expected), 'subject', @subject), 56)"/></fo:block>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- ==== what the pages of this kind know ==== -->

  <xsl:template mode="known" match="c:certificate/c:counts | c:certificate/c:findings | c:findings/c:coc
      | c:coc/c:finding | c:certificate/c:cocs | c:cocs/c:coc | c:coc/c:standard | c:coc/c:test-report
      | c:test-report/c:standard | c:coc/c:quality-report | c:coc/c:evidence | c:coc/c:annex
      | c:certificate/c:test-reports | c:test-reports/c:test-report | c:test-report/c:coc
      | c:certificate/c:by-standard | c:by-standard/c:standard | c:standard/c:title | c:standard/c:coc
      | c:coc/c:document | c:certificate/c:by-quality-report | c:by-quality-report/c:quality-report
      | c:quality-report/c:coc | c:quality-report/c:site">
    <xsl:apply-templates select="*" mode="known"/>
  </xsl:template>

  <!-- ==== bookmarks ==== -->

  <xsl:template name="xref:_bookmarks">
    <xsl:call-template name="page:bookmark">
      <xsl:with-param name="to" select="'certificate'"/>
      <xsl:with-param name="title" select="txt:of('title')"/>
    </xsl:call-template>
    <xsl:call-template name="page:bookmark">
      <xsl:with-param name="to" select="'findings'"/>
      <xsl:with-param name="title" select="txt:of('findings')"/>
    </xsl:call-template>
    <xsl:for-each select="c:cocs | c:test-reports | c:by-standard | c:by-quality-report">
      <xsl:call-template name="page:bookmark">
        <xsl:with-param name="to" select="local-name()"/>
        <xsl:with-param name="title" select="txt:of(concat('view-', local-name()))"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
