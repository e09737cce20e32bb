<?xml version="1.0" encoding="UTF-8"?>
<!-- The four indices of an ExTR cross-reference: by certificate, by test report, by standard, by
     quality report. Each begins on a page of its own and repeats its heads. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:view="urn:certpress:xsl:xref-views"
    xmlns:part="urn:certpress:xsl:parts" xmlns:txt="urn:certpress:xsl:text"
    xmlns:p="urn:certpress:provenance" exclude-result-prefixes="c view part txt p">

  <xsl:template match="c:cocs | c:test-reports | c:by-standard | c:by-quality-report" mode="view:pages">
    <fo:block role="Div" break-before="page">
      <xsl:call-template name="part:section">
        <xsl:with-param name="text" select="txt:of(concat('view-', local-name()))"/>
        <xsl:with-param name="id" select="local-name()"/>
        <xsl:with-param name="above" select="'0pt'"/>
      </xsl:call-template>
      <xsl:apply-templates select="." mode="view:table"/>
    </fo:block>
  </xsl:template>

  <xsl:attribute-set name="view:table">
    <xsl:attribute name="table-layout">fixed</xsl:attribute>
    <xsl:attribute name="width">170mm</xsl:attribute>
    <xsl:attribute name="font-size">9pt</xsl:attribute>
    <xsl:attribute name="line-height">11.8pt</xsl:attribute>
    <xsl:attribute name="cx:font-features">tnum</xsl:attribute>
    <xsl:attribute name="border-after-width">0.8pt</xsl:attribute>
    <xsl:attribute name="border-after-style">solid</xsl:attribute>
    <xsl:attribute name="border-after-color"><xsl:value-of select="$dark"/></xsl:attribute>
  </xsl:attribute-set>

  <!-- ==== by certificate ==== -->

  <xsl:template match="c:cocs" mode="view:table">
    <fo:table xsl:use-attribute-sets="view:table">
      <fo:table-column column-width="30mm"/>
      <fo:table-column column-width="48mm"/>
      <fo:table-column column-width="32mm"/>
      <fo:table-column column-width="60mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'kind'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'document'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'date'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'standards'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:coc">
          <xsl:call-template name="view:group">
            <xsl:with-param name="text"><xsl:call-template name="view:coc"/></xsl:with-param>
            <xsl:with-param name="more" select="txt:put(txt:put(txt:of('coc-details'), 'equipment', @equipment), 'holder', @holder)"/>
            <xsl:with-param name="columns" select="4"/>
          </xsl:call-template>
          <xsl:call-template name="view:_row">
            <xsl:with-param name="kind" select="txt:of('kind-certificate')"/>
            <xsl:with-param name="number" select="@reference"/>
            <xsl:with-param name="date" select="@date"/>
            <xsl:with-param name="standards"><xsl:apply-templates select="c:standard" mode="view:supported"/></xsl:with-param>
          </xsl:call-template>
          <xsl:apply-templates select="c:test-report | c:quality-report | c:evidence | c:annex" mode="view:coc-row"/>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- A standard of the certificate, with what supports it when that is not a test report. -->
  <xsl:template match="c:standard" mode="view:supported">
    <fo:block>
      <xsl:value-of select="@dated"/>
      <xsl:if test="@support != 'test-report'">
        <xsl:text> · </xsl:text>
        <fo:inline font-weight="600"><xsl:value-of select="txt:of(concat('support-', @support))"/></fo:inline>
      </xsl:if>
    </fo:block>
  </xsl:template>

  <xsl:template match="c:test-report" mode="view:coc-row">
    <xsl:call-template name="view:_row">
      <xsl:with-param name="kind" select="txt:of('kind-test-report')"/>
      <xsl:with-param name="number" select="@number"/>
      <xsl:with-param name="latest" select="@latest"/>
      <xsl:with-param name="date" select="@date"/>
      <xsl:with-param name="standards">
        <xsl:if test="not(c:standard)"><fo:block><xsl:value-of select="txt:of('standards-unknown')"/></fo:block></xsl:if>
        <xsl:for-each select="c:standard">
          <fo:block>
            <xsl:value-of select="@dated"/>
            <xsl:if test="@listed = 'no'">
              <xsl:text> · </xsl:text>
              <fo:inline font-weight="600"><xsl:value-of select="txt:of('not-listed')"/></fo:inline>
            </xsl:if>
          </fo:block>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:quality-report" mode="view:coc-row">
    <xsl:call-template name="view:_row">
      <xsl:with-param name="kind" select="txt:of('kind-quality-report')"/>
      <xsl:with-param name="number" select="@number"/>
      <xsl:with-param name="latest" select="@latest"/>
      <xsl:with-param name="date"><xsl:call-template name="view:_validity"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:evidence" mode="view:coc-row">
    <xsl:call-template name="view:_row">
      <xsl:with-param name="kind" select="txt:of('kind-evidence')"/>
      <xsl:with-param name="number" select="@reference"/>
      <xsl:with-param name="date" select="@date"/>
      <xsl:with-param name="standards"><fo:block><xsl:value-of select="@dated"/></fo:block></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:annex" mode="view:coc-row">
    <xsl:call-template name="view:_row">
      <xsl:with-param name="kind" select="txt:of('kind-annex')"/>
      <xsl:with-param name="number" select="@name"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="view:_row">
    <xsl:param name="kind"/>
    <xsl:param name="number"/>
    <xsl:param name="latest" select="'yes'"/>
    <xsl:param name="date"/>
    <xsl:param name="standards"><fo:block/></xsl:param>
    <fo:table-row keep-together.within-page="always">
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="view:_line"/>
      <!-- The documents of one certificate stay on one page as far as they are few. -->
      <xsl:variable name="coc" select="ancestor-or-self::c:coc"/>
      <xsl:if test="count($coc/*) &lt; 20 and (self::c:coc or following-sibling::*[not(self::c:finding)][1])">
        <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      </xsl:if>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block color="{$grey}"><xsl:value-of select="$kind"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:fit($number, 23)"/></fo:block>
        <xsl:call-template name="view:_superseded"><xsl:with-param name="latest" select="$latest"/></xsl:call-template>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="$date"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell"><xsl:copy-of select="$standards"/></fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- ==== by test report ==== -->

  <xsl:template match="c:test-reports" mode="view:table">
    <fo:table xsl:use-attribute-sets="view:table">
      <fo:table-column column-width="58mm"/>
      <fo:table-column column-width="24mm"/>
      <fo:table-column column-width="38mm"/>
      <fo:table-column column-width="50mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'test-report'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'date'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'standards'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'cited-by'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:test-report">
          <fo:table-row>
            <xsl:call-template name="view:_whole"/>
            <xsl:call-template name="part:row-line"/>
            <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
              <fo:block font-weight="600"><xsl:value-of select="txt:fit(@number, 28)"/></fo:block>
              <xsl:call-template name="view:_superseded"/>
              <xsl:for-each select="@excb | @extl[. != ../@excb]">
                <fo:block font-size="8pt" line-height="10.4pt" color="{$grey}"><xsl:value-of select="txt:fit(txt:put(txt:of(concat('report-', name())), 'name', .), 30)"/></fo:block>
              </xsl:for-each>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell"><fo:block><xsl:value-of select="@date"/></fo:block></fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <xsl:if test="not(c:standard)"><fo:block><xsl:value-of select="txt:of('standards-unknown')"/></fo:block></xsl:if>
              <xsl:for-each select="c:standard"><fo:block><xsl:value-of select="@dated"/></fo:block></xsl:for-each>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="view:_citing"/></fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- ==== by standard ==== -->

  <xsl:template match="c:by-standard" mode="view:table">
    <fo:table xsl:use-attribute-sets="view:table">
      <fo:table-column column-width="58mm"/>
      <fo:table-column column-width="46mm"/>
      <fo:table-column column-width="66mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'certificate'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'support'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'document'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:standard">
          <xsl:call-template name="view:group">
            <xsl:with-param name="text" select="@dated"/>
            <xsl:with-param name="more" select="c:title"/>
            <xsl:with-param name="columns" select="3"/>
          </xsl:call-template>
          <xsl:for-each select="c:coc">
            <fo:table-row keep-together.within-page="always">
              <xsl:copy-of select="@p:*"/>
              <xsl:call-template name="view:_line"/>
              <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
                <fo:block><xsl:call-template name="view:short"/></fo:block>
              </fo:table-cell>
              <fo:table-cell xsl:use-attribute-sets="cell">
                <fo:block>
                  <xsl:if test="@support = 'none'"><xsl:attribute name="font-weight">600</xsl:attribute></xsl:if>
                  <xsl:value-of select="txt:of(concat('support-', @support))"/>
                </fo:block>
              </fo:table-cell>
              <fo:table-cell xsl:use-attribute-sets="cell">
                <xsl:if test="not(c:document)"><fo:block/></xsl:if>
                <xsl:for-each select="c:document">
                  <fo:block><xsl:value-of select="txt:fit(@number, 32)"/></fo:block>
                </xsl:for-each>
              </fo:table-cell>
            </fo:table-row>
          </xsl:for-each>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- ==== by quality report ==== -->

  <xsl:template match="c:by-quality-report" mode="view:table">
    <fo:table xsl:use-attribute-sets="view:table">
      <fo:table-column column-width="58mm"/>
      <fo:table-column column-width="46mm"/>
      <fo:table-column column-width="66mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'quality-report'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'validity'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'cited-by'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:quality-report">
          <fo:table-row>
            <xsl:call-template name="view:_whole"/>
            <xsl:call-template name="part:row-line"/>
            <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
              <fo:block font-weight="600"><xsl:value-of select="txt:fit(@number, 28)"/></fo:block>
              <xsl:call-template name="view:_superseded"/>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:call-template name="view:_validity"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="view:_citing"/></fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- ==== what the views share ==== -->

  <!-- A row that heads the rows below it. -->
  <xsl:template name="view:group">
    <xsl:param name="text"/>
    <xsl:param name="more"/>
    <xsl:param name="columns"/>
    <fo:table-row keep-together.within-page="always" keep-with-next.within-page="always"
        background-color="#eef2f6">
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <fo:table-cell role="TH" number-columns-spanned="{$columns}" xsl:use-attribute-sets="cell"
          padding-start="2mm" text-align="start">
        <fo:block font-weight="600" color="{$dark}"><xsl:value-of select="$text"/></fo:block>
        <xsl:if test="string($more)">
          <fo:block font-size="8pt" line-height="10.4pt"><xsl:value-of select="txt:fit($more, 56)"/></fo:block>
        </xsl:if>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- The context node is a certificate: in full, and in short. -->
  <xsl:template name="view:coc">
    <xsl:value-of select="txt:put(txt:put(txt:put(txt:put(txt:of('coc'), 'issue', @issue),
        'status', txt:of(concat('status-', @certificate-status))), 'date', @date),
        'reference', @reference)"/>
  </xsl:template>

  <xsl:template name="view:short">
    <xsl:value-of select="txt:fit(txt:put(txt:put(txt:of('coc-short'), 'issue', @issue),
          'reference', @reference), 24)"/>
  </xsl:template>

  <xsl:template name="view:_citing">
    <xsl:if test="not(c:coc)"><fo:block/></xsl:if>
    <xsl:for-each select="c:coc">
      <fo:block><xsl:copy-of select="@p:*"/><xsl:call-template name="view:short"/></fo:block>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="view:_superseded">
    <xsl:param name="latest" select="@latest"/>
    <xsl:if test="$latest = 'no'">
      <fo:block font-size="8pt" line-height="10.4pt" font-weight="600"><xsl:value-of select="txt:of('superseded')"/></fo:block>
    </xsl:if>
  </xsl:template>

  <xsl:template name="view:_validity">
    <xsl:choose>
      <xsl:when test="@valid-until"><xsl:value-of select="txt:put(txt:of('valid-until'), 'date', @valid-until)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@date"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="view:_line">
    <xsl:attribute name="border-before-width">0.4pt</xsl:attribute>
    <xsl:attribute name="border-before-style">solid</xsl:attribute>
    <xsl:attribute name="border-before-color"><xsl:value-of select="$hair"/></xsl:attribute>
  </xsl:template>

  <!-- A report that is cited by a page of certificates has to break; the others stay whole. -->
  <xsl:template name="view:_whole">
    <xsl:copy-of select="@p:*"/>
    <xsl:if test="count(c:coc) &lt; 20 and count(c:standard) &lt; 20">
      <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
