<?xml version="1.0" encoding="UTF-8"?>
<!-- The document, the face and the sites of a management system certificate (ISO/IEC 17021-1, 8.2.2). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:csms="urn:certpress:xsl:csms-face"
    xmlns:soa="urn:certpress:xsl:csms-applicability" xmlns:known="urn:certpress:xsl:known"
    xmlns:org="urn:certpress:xsl:organization"
    xmlns:page="urn:certpress:xsl:page" xmlns:part="urn:certpress:xsl:parts"
    xmlns:sig="urn:certpress:xsl:signature" xmlns:txt="urn:certpress:xsl:text"
    xmlns:p="urn:certpress:provenance"
    exclude-result-prefixes="c known csms soa org page part sig txt p">

  <xsl:template match="c:certificate[@kind = 'csms']">
    <xsl:call-template name="known:check">
      <xsl:with-param name="required" select="'applicant scope criteria soa first-issue-date expiry-date sites controls'"/>
    </xsl:call-template>
    <xsl:call-template name="page:root"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'csms']" mode="page:bookmarks">
    <xsl:call-template name="csms:_bookmarks"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'csms']" mode="page:sequences">
    <xsl:call-template name="page:sequence"/>
    <xsl:apply-templates select="c:controls" mode="soa:pages"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'csms']" mode="page:content">
    <xsl:call-template name="csms:_page"/>
    <xsl:apply-templates select="c:sites" mode="csms:pages"/>
  </xsl:template>

  <!-- The face reads as one sentence: who, what, for which scope. -->
  <xsl:template name="csms:_page">
    <xsl:call-template name="part:masthead"/>
    <fo:block role="H1" id="certificate" font-size="26pt" line-height="32pt" font-weight="600" color="{$dark}"
        space-before="24pt" space-before.conditionality="retain" keep-with-next.within-page="always">
      <xsl:value-of select="txt:of('title')"/>
    </fo:block>
    <fo:block role="P" font-size="11pt" line-height="15pt" color="#333333" space-before="2pt">
      <xsl:value-of select="txt:of('subtitle')"/>
    </fo:block>
    <xsl:call-template name="csms:_lead">
      <xsl:with-param name="text" select="txt:of('certify')"/>
      <xsl:with-param name="above" select="'24pt'"/>
    </xsl:call-template>
    <xsl:for-each select="c:applicant">
      <fo:block role="P" font-size="15pt" line-height="19pt" font-weight="600" space-before="3pt"
          keep-with-next.within-page="always">
        <xsl:copy-of select="@p:*"/>
        <xsl:call-template name="org:name"><xsl:with-param name="long" select="48"/></xsl:call-template>
      </fo:block>
      <fo:block role="P" font-size="11pt" line-height="15pt" space-before="1pt">
        <xsl:call-template name="org:address"/>
      </fo:block>
    </xsl:for-each>
    <xsl:call-template name="csms:_lead">
      <xsl:with-param name="text" select="txt:of('operates')"/>
    </xsl:call-template>
    <xsl:for-each select="c:criteria">
      <fo:block role="P" font-size="15pt" line-height="19pt" font-weight="600" space-before="3pt"
          keep-with-next.within-page="always">
        <xsl:copy-of select="@p:*"/>
        <xsl:value-of select="txt:put(txt:of('criteria'), 'standard', @dated)"/>
      </fo:block>
      <fo:block role="P" space-before="1pt">
        <xsl:value-of select="txt:fit(c:title, 56)"/>
        <xsl:if test="@withdrawn = 'yes'">
          <xsl:value-of select="concat(' ', txt:of('withdrawn'))"/>
        </xsl:if>
      </fo:block>
    </xsl:for-each>
    <xsl:call-template name="csms:_lead">
      <xsl:with-param name="text" select="txt:of('scope')"/>
    </xsl:call-template>
    <fo:block role="Div" font-size="11pt" line-height="15pt" space-before="3pt" space-after="18pt">
      <xsl:apply-templates select="c:scope/c:p"/>
    </fo:block>
    <fo:block role="Div" keep-together.within-page="always" keep-with-next.within-page="always">
      <xsl:call-template name="csms:_facts"/>
    </fo:block>
    <xsl:call-template name="sig:close">
      <xsl:with-param name="statement">
        <fo:block role="P"><xsl:value-of select="txt:put(txt:put(txt:of('statement'),
            'date', c:soa/@date), 'version', c:soa/@version)"/></fo:block>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The quiet line that leads to the next name. -->
  <xsl:template name="csms:_lead">
    <xsl:param name="text"/>
    <xsl:param name="above" select="'16pt'"/>
    <fo:block role="P" color="{$grey}" space-before="{$above}" keep-with-next.within-page="always">
      <xsl:value-of select="$text"/>
    </fo:block>
  </xsl:template>

  <xsl:template name="csms:_facts">
    <xsl:call-template name="part:strip">
      <xsl:with-param name="n" select="4"/>
      <xsl:with-param name="facts">
        <xsl:for-each select="c:first-issue-date">
          <xsl:call-template name="part:fact"><xsl:with-param name="label" select="txt:of('first-issue-date')"/></xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="c:decision-date">
          <xsl:call-template name="part:fact"><xsl:with-param name="label" select="txt:of('decision-date')"/></xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="c:issue-date">
          <xsl:call-template name="part:fact"><xsl:with-param name="label" select="txt:of('valid-from')"/></xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="c:expiry-date">
          <xsl:call-template name="part:fact"><xsl:with-param name="label" select="txt:of('expiry-date')"/></xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="part:strip">
      <xsl:with-param name="n" select="2 + count(c:audit-date)"/>
      <xsl:with-param name="facts">
        <xsl:for-each select="c:soa">
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of('soa')"/>
            <xsl:with-param name="value" select="txt:put(txt:put(txt:of('soa-value'), 'date', @date), 'version', @version)"/>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="c:controls/c:sum">
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of('selection')"/>
            <xsl:with-param name="value" select="txt:put(txt:put(txt:put(txt:of('selection-value'),
                'selected', @selected), 'total', @total), 'excluded', @excluded)"/>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="c:audit-date">
          <xsl:call-template name="part:fact"><xsl:with-param name="label" select="txt:of('audit-date')"/></xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== sites ==== -->

  <xsl:template match="c:sites" mode="csms:pages">
    <fo:block role="Div" break-before="page">
      <xsl:call-template name="part:section">
        <xsl:with-param name="text" select="txt:of('sites')"/>
        <xsl:with-param name="id" select="'sites'"/>
        <xsl:with-param name="above" select="'0pt'"/>
      </xsl:call-template>
      <fo:block role="P" space-after="6pt" keep-with-next.within-page="always">
        <xsl:value-of select="txt:of('sites-sentence')"/>
      </fo:block>
      <fo:table table-layout="fixed" width="170mm" border-after-width="0.8pt" border-after-style="solid"
          border-after-color="{$dark}" border-after-width.conditionality="retain">
        <fo:table-column column-width="80mm"/>
        <fo:table-column column-width="90mm"/>
        <fo:table-header>
          <fo:table-row xsl:use-attribute-sets="head-row">
            <xsl:call-template name="part:head"><xsl:with-param name="key" select="'site'"/></xsl:call-template>
            <xsl:call-template name="part:head"><xsl:with-param name="key" select="'site-scope'"/></xsl:call-template>
          </fo:table-row>
        </fo:table-header>
        <fo:table-body>
          <xsl:for-each select="c:site">
            <fo:table-row>
              <xsl:if test="string-length(c:scope) &lt; 1200">
                <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
              </xsl:if>
              <xsl:copy-of select="@p:*"/>
              <xsl:call-template name="part:row-line"/>
              <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
                <xsl:call-template name="org:block"><xsl:with-param name="long" select="33"/></xsl:call-template>
              </fo:table-cell>
              <fo:table-cell xsl:use-attribute-sets="cell"><xsl:apply-templates select="c:scope/c:p"><xsl:with-param name="long" select="38"/></xsl:apply-templates></fo:table-cell>
            </fo:table-row>
          </xsl:for-each>
        </fo:table-body>
      </fo:table>
    </fo:block>
  </xsl:template>

  <!-- ==== what the pages of this kind know ==== -->

  <xsl:template mode="known" match="c:certificate/c:scope | c:certificate/c:criteria | c:criteria/c:title
      | c:certificate/c:soa | c:certificate/c:audit-date | c:certificate/c:first-issue-date
      | c:certificate/c:sites | c:sites/c:site | c:site/c:scope | c:certificate/c:controls
      | c:controls/c:group | c:group/c:control | c:control/c:justification | c:controls/c:sum">
    <xsl:apply-templates select="*" mode="known"/>
  </xsl:template>

  <!-- ==== bookmarks ==== -->

  <xsl:template name="csms:_bookmarks">
    <xsl:call-template name="page:bookmark">
      <xsl:with-param name="to" select="'certificate'"/>
      <xsl:with-param name="title" select="concat(txt:of('title'), ' ', $reference)"/>
    </xsl:call-template>
    <xsl:if test="c:sites">
      <xsl:call-template name="page:bookmark">
        <xsl:with-param name="to" select="'sites'"/>
        <xsl:with-param name="title" select="txt:of('sites')"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:apply-templates select="c:controls" mode="soa:bookmarks"/>
  </xsl:template>

</xsl:stylesheet>
