<?xml version="1.0" encoding="UTF-8"?>
<!-- The annex by requirement of an IECEE certificate: each requirement with its verdict, and what was
     looked at, by role and component. Printed when the issuing body's form asks for it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:req="urn:certpress:xsl:iecee-requirements"
    xmlns:page="urn:certpress:xsl:page" xmlns:part="urn:certpress:xsl:parts"
    xmlns:txt="urn:certpress:xsl:text" xmlns:p="urn:certpress:provenance"
    exclude-result-prefixes="c req page part txt p">

  <xsl:template match="c:standards" mode="req:pages">
    <fo:block role="Div" break-before="page">
      <xsl:call-template name="part:section">
        <xsl:with-param name="key" select="'requirements'"/>
        <xsl:with-param name="id" select="'requirements'"/>
        <xsl:with-param name="above" select="'0pt'"/>
      </xsl:call-template>
      <fo:block role="P"><xsl:value-of select="txt:of('requirements-sentence')"/></fo:block>
      <xsl:call-template name="txt:below">
        <xsl:with-param name="text" select="txt:second('requirements-sentence')"/>
      </xsl:call-template>
      <xsl:apply-templates select="c:standard/c:requirements" mode="req:table"/>
    </fo:block>
  </xsl:template>

  <!-- A column that no requirement fills leaves its room to the evidence. -->
  <xsl:template match="c:requirements" mode="req:table">
    <xsl:variable name="maturity" select="boolean(.//@maturity)"/>
    <xsl:variable name="sl" select="boolean(.//@sl)"/>
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="string(../@dated)"/>
      <xsl:with-param name="id" select="concat('requirements-', count(../preceding-sibling::c:standard) + 1)"/>
      <xsl:with-param name="role" select="'H3'"/>
    </xsl:call-template>
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum" font-size="9pt" line-height="11.8pt"
        border-after-width="0.8pt" border-after-style="solid" border-after-color="{$dark}"
        border-after-width.conditionality="retain">
      <fo:table-column column-width="24mm"/>
      <fo:table-column column-width="52mm"/>
      <fo:table-column column-width="23mm"/>
      <xsl:if test="$maturity"><fo:table-column column-width="9mm"/></xsl:if>
      <xsl:if test="$sl"><fo:table-column column-width="9mm"/></xsl:if>
      <fo:table-column column-width="{71 - 9 * $maturity - 9 * $sl}mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'requirement-id'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'requirement'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'verdict'"/></xsl:call-template>
          <xsl:if test="$maturity">
            <xsl:call-template name="part:head"><xsl:with-param name="key" select="'maturity-short'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="$sl">
            <xsl:call-template name="part:head"><xsl:with-param name="key" select="'sl-short'"/></xsl:call-template>
          </xsl:if>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'evidence'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:group">
          <fo:table-row keep-together.within-page="always" keep-with-next.within-page="always"
              background-color="#eef2f6">
            <xsl:call-template name="part:row-line"/>
            <fo:table-cell role="TH" number-columns-spanned="{4 + $maturity + $sl}" xsl:use-attribute-sets="cell"
                text-align="start" font-weight="600" color="{$dark}">
              <fo:block><xsl:value-of select="normalize-space(concat(@code, ' ', txt:name(@name)))"/></fo:block>
            </fo:table-cell>
          </fo:table-row>
          <xsl:apply-templates select="c:requirement" mode="req:row">
            <xsl:with-param name="maturity" select="$maturity"/>
            <xsl:with-param name="sl" select="$sl"/>
          </xsl:apply-templates>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- What did not pass stands out by weight, not by colour alone. -->
  <xsl:template match="c:requirement" mode="req:row">
    <xsl:param name="maturity"/>
    <xsl:param name="sl"/>
    <fo:table-row>
      <xsl:if test="string-length(.) &lt; 900">
        <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
      </xsl:if>
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
        <fo:block><xsl:value-of select="txt:fit(@id, 11)"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:name(@name)"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block>
          <xsl:if test="@verdict != 'pass'"><xsl:attribute name="font-weight">600</xsl:attribute></xsl:if>
          <xsl:value-of select="txt:of(concat('verdict-', @verdict))"/>
        </fo:block>
      </fo:table-cell>
      <xsl:if test="$maturity">
        <fo:table-cell xsl:use-attribute-sets="cell"><fo:block><xsl:value-of select="@maturity"/></fo:block></fo:table-cell>
      </xsl:if>
      <xsl:if test="$sl">
        <fo:table-cell xsl:use-attribute-sets="cell"><fo:block><xsl:value-of select="@sl"/></fo:block></fo:table-cell>
      </xsl:if>
      <fo:table-cell padding-before="3pt" padding-after="3pt">
        <fo:block/>
        <xsl:apply-templates select="c:row" mode="req:row"/>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- One role and component: its own verdict and maturity where a requirement has several rows. -->
  <xsl:template match="c:row" mode="req:row">
    <fo:block role="Div">
      <xsl:copy-of select="@p:*"/>
      <xsl:if test="preceding-sibling::c:row[1]"><xsl:attribute name="space-before">3pt</xsl:attribute></xsl:if>
      <xsl:variable name="several" select="count(../c:row) &gt; 1"/>
      <xsl:variable name="facts" select="@role | @component | @verdict[$several] | @maturity[$several]"/>
      <xsl:if test="$facts">
        <fo:block role="P" font-size="8pt" color="{$grey}"><xsl:call-template name="txt:soft">
          <xsl:with-param name="text">
            <xsl:for-each select="$facts">
              <xsl:sort select="string-length(substring-before('role component verdict maturity', name()))"
                  data-type="number"/>
              <xsl:if test="position() &gt; 1"> · </xsl:if>
              <xsl:choose>
                <xsl:when test="name() = 'verdict'"><xsl:value-of select="txt:of(concat('verdict-', .))"/></xsl:when>
                <xsl:when test="name() = 'maturity'"><xsl:value-of select="txt:put(txt:of('maturity-of'), 'level', .)"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
          </xsl:with-param>
          <xsl:with-param name="long" select="28"/>
        </xsl:call-template></fo:block>
      </xsl:if>
      <xsl:apply-templates select="c:evidence/c:p"><xsl:with-param name="long" select="24"/></xsl:apply-templates>
      <xsl:for-each select="c:remark/c:p">
        <fo:block role="P"><xsl:value-of select="txt:fit(txt:put(txt:of('remark'), 'remark', .), 24)"/></fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <!-- ==== what these pages know, bookmarks ==== -->

  <xsl:template mode="known" match="c:standard/c:requirements | c:requirements/c:group
      | c:group/c:requirement | c:requirement/c:row | c:row/c:evidence | c:row/c:remark">
    <xsl:apply-templates select="*" mode="known"/>
  </xsl:template>

  <xsl:template match="c:standards" mode="req:bookmarks">
    <fo:bookmark internal-destination="requirements">
      <fo:bookmark-title><xsl:value-of select="txt:of('requirements')"/></fo:bookmark-title>
      <xsl:for-each select="c:standard[c:requirements]">
        <xsl:call-template name="page:bookmark">
          <xsl:with-param name="to" select="concat('requirements-', count(preceding-sibling::c:standard) + 1)"/>
          <xsl:with-param name="title" select="@dated"/>
        </xsl:call-template>
      </xsl:for-each>
    </fo:bookmark>
  </xsl:template>

</xsl:stylesheet>
