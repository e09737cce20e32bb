<?xml version="1.0" encoding="UTF-8"?>
<!-- Requirements assessed against total requirements, by the organizational level of a standard:
     OD 2037's three numbers, or the ratio of its 2017 edition, each with a bar. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:lvl="urn:certpress:xsl:levels"
    xmlns:part="urn:certpress:xsl:parts" xmlns:txt="urn:certpress:xsl:text"
    xmlns:p="urn:certpress:provenance" exclude-result-prefixes="c lvl part txt p">

  <xsl:variable name="lvl:ratio" select="$cert/c:form/@notation = 'ratio'"/>
  <!-- Width of a full bar in millimetres. -->
  <xsl:variable name="lvl:bar" select="38"/>

  <!-- Many levels stand closer, so that they share page 1 with the fields. -->
  <xsl:variable name="lvl:padding">
    <xsl:choose>
      <xsl:when test="count($cert/c:standards/c:standard[1]/c:levels/c:level) &gt; 10">1.6pt</xsl:when>
      <xsl:otherwise>1.8pt</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:attribute-set name="lvl:cell">
    <xsl:attribute name="padding-before"><xsl:value-of select="$lvl:padding"/></xsl:attribute>
    <xsl:attribute name="padding-after"><xsl:value-of select="$lvl:padding"/></xsl:attribute>
  </xsl:attribute-set>

  <xsl:template match="c:levels">
    <xsl:param name="heading"/>
    <xsl:param name="id"/>
    <xsl:param name="role" select="'H2'"/>
    <xsl:call-template name="part:heading">
      <xsl:with-param name="role" select="$role"/>
      <xsl:with-param name="text" select="$heading"/>
      <xsl:with-param name="id" select="$id"/>
    </xsl:call-template>
    <xsl:choose>
      <xsl:when test="$lvl:ratio"><xsl:call-template name="lvl:_ratios"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="lvl:_numbers"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="lvl:_numbers">
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum">
      <fo:table-column column-width="14mm"/>
      <fo:table-column column-width="62mm"/>
      <fo:table-column column-width="13mm"/>
      <fo:table-column column-width="24mm"/>
      <fo:table-column column-width="14mm"/>
      <fo:table-column column-width="43mm"/>
      <fo:table-header font-size="8pt" line-height="11pt" color="{$grey}" font-weight="500">
        <fo:table-row border-after-width="0.8pt" border-after-style="solid" border-after-color="{$dark}">
          <fo:table-cell role="TH" number-columns-spanned="2" padding-after="3pt">
            <fo:block><xsl:value-of select="txt:of(concat('level-', @kind))"/></fo:block>
          </fo:table-cell>
          <xsl:call-template name="lvl:_head">
            <xsl:with-param name="key" select="'assessed'"/>
          </xsl:call-template>
          <xsl:call-template name="lvl:_head">
            <xsl:with-param name="key" select="'not-applicable'"/>
          </xsl:call-template>
          <xsl:call-template name="lvl:_head">
            <xsl:with-param name="key" select="'total'"/>
          </xsl:call-template>
          <fo:table-cell role="artifact"><fo:block/></fo:table-cell>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:apply-templates select="c:level" mode="lvl:numbers"/>
        <xsl:apply-templates select="c:sum" mode="lvl:numbers"/>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="lvl:_head">
    <xsl:param name="key"/>
    <fo:table-cell role="TH" padding-after="3pt">
      <fo:block text-align="end"><xsl:value-of select="txt:of($key)"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <xsl:template match="c:level" mode="lvl:numbers">
    <fo:table-row keep-together.within-page="always">
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <xsl:call-template name="lvl:_keep"/>
      <xsl:choose>
        <xsl:when test="string(@code) != ''">
          <fo:table-cell role="TH" xsl:use-attribute-sets="lvl:cell" text-align="start">
            <fo:block><xsl:value-of select="@code"/></fo:block>
          </fo:table-cell>
          <fo:table-cell xsl:use-attribute-sets="lvl:cell">
            <fo:block><xsl:value-of select="@name"/></fo:block>
          </fo:table-cell>
        </xsl:when>
        <xsl:otherwise>
          <fo:table-cell role="TH" xsl:use-attribute-sets="lvl:cell" number-columns-spanned="2"
              text-align="start">
            <fo:block><xsl:value-of select="@name"/></fo:block>
          </fo:table-cell>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="lvl:_figures"/>
      <xsl:call-template name="lvl:_bar"/>
    </fo:table-row>
  </xsl:template>

  <xsl:template match="c:sum" mode="lvl:numbers">
    <fo:table-row keep-together.within-page="always" keep-with-previous.within-page="always"
        font-weight="600" border-before-width="0.8pt" border-before-style="solid"
        border-before-color="{$dark}">
      <fo:table-cell role="TH" xsl:use-attribute-sets="lvl:cell" number-columns-spanned="2"
          text-align="start">
        <fo:block><xsl:value-of select="txt:of(concat('all-', ../@kind))"/></fo:block>
      </fo:table-cell>
      <xsl:call-template name="lvl:_figures"/>
      <fo:table-cell role="artifact"><fo:block/></fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- Up to eight levels stay on one page; of more, no fewer than three stand on either. -->
  <xsl:template name="lvl:_keep">
    <xsl:variable name="after" select="count(following-sibling::c:level)"/>
    <xsl:variable name="before" select="count(preceding-sibling::c:level)"/>
    <xsl:if test="$after + $before &lt; 8 or $before &lt; 2 or $after &lt; 3">
      <xsl:if test="$after or not($lvl:ratio)">
        <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- The three numbers of the context node. -->
  <xsl:template name="lvl:_figures">
    <xsl:for-each select="@assessed | @not-applicable | @total">
      <xsl:sort select="string-length(substring-before('assessed not-applicable total', name()))"
          data-type="number"/>
      <fo:table-cell xsl:use-attribute-sets="lvl:cell">
        <fo:block text-align="end"><xsl:value-of select="."/></fo:block>
      </fo:table-cell>
    </xsl:for-each>
  </xsl:template>

  <!-- The ratio form: `SR (4/5)`, the level's name beside its code. -->
  <xsl:template name="lvl:_ratios">
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum">
      <fo:table-column column-width="47mm"/>
      <fo:table-column column-width="80mm"/>
      <fo:table-column column-width="43mm"/>
      <fo:table-header font-size="8pt" line-height="11pt" color="{$grey}" font-weight="500">
        <fo:table-row border-after-width="0.8pt" border-after-style="solid" border-after-color="{$dark}">
          <fo:table-cell role="TH" number-columns-spanned="2" padding-after="3pt">
            <fo:block><xsl:value-of select="txt:of(concat('ratio-', @kind))"/></fo:block>
          </fo:table-cell>
          <fo:table-cell role="artifact"><fo:block/></fo:table-cell>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:apply-templates select="c:level" mode="lvl:ratio"/>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template match="c:level" mode="lvl:ratio">
    <xsl:variable name="ratio" select="concat('(', @assessed, '/', @total, ')')"/>
    <fo:table-row keep-together.within-page="always">
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <xsl:call-template name="lvl:_keep"/>
      <xsl:choose>
        <xsl:when test="string(@code) != ''">
          <fo:table-cell role="TH" xsl:use-attribute-sets="lvl:cell" text-align="start">
            <fo:block><xsl:value-of select="concat(translate(@code, ' ', '-'), ' ', $ratio)"/></fo:block>
          </fo:table-cell>
          <fo:table-cell xsl:use-attribute-sets="lvl:cell">
            <fo:block><xsl:value-of select="@name"/></fo:block>
          </fo:table-cell>
        </xsl:when>
        <xsl:otherwise>
          <fo:table-cell role="TH" xsl:use-attribute-sets="lvl:cell" number-columns-spanned="2"
              text-align="start">
            <fo:block><xsl:value-of select="concat(@name, ' ', $ratio)"/></fo:block>
          </fo:table-cell>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="lvl:_bar"/>
    </fo:table-row>
  </xsl:template>

  <!-- What the three numbers mean, once after the tables. -->
  <xsl:template name="lvl:legend">
    <fo:block role="P" font-size="8pt" line-height="11pt" color="{$grey}" space-before="4pt"
        keep-with-previous.within-page="always">
      <xsl:choose>
        <xsl:when test="$lvl:ratio"><xsl:value-of select="txt:of('legend-ratio')"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="txt:of('legend-numbers')"/></xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- The bar says at a glance what the numbers say exactly; it is decoration. -->
  <xsl:template name="lvl:_bar">
    <fo:table-cell role="artifact" xsl:use-attribute-sets="lvl:cell" padding-start="5mm"
        display-align="center">
      <fo:block role="artifact" font-size="6pt" line-height="8pt" text-align="start">
        <xsl:if test="@total &gt; 0">
          <xsl:variable name="passed" select="round($lvl:bar * 100 * @assessed div @total) div 100"/>
          <xsl:variable name="not-applicable"
              select="round($lvl:bar * 100 * @not-applicable div @total) div 100"/>
          <xsl:call-template name="lvl:_stroke">
            <xsl:with-param name="length" select="$passed"/>
            <xsl:with-param name="color" select="$bar-passed"/>
          </xsl:call-template>
          <xsl:call-template name="lvl:_stroke">
            <xsl:with-param name="length" select="$not-applicable"/>
            <xsl:with-param name="color" select="$bar-not-applicable"/>
          </xsl:call-template>
          <xsl:call-template name="lvl:_stroke">
            <xsl:with-param name="length" select="$lvl:bar - $passed - $not-applicable"/>
            <xsl:with-param name="color" select="$bar-rest"/>
          </xsl:call-template>
        </xsl:if>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <xsl:template name="lvl:_stroke">
    <xsl:param name="length"/>
    <xsl:param name="color"/>
    <xsl:if test="$length &gt; 0.004">
      <fo:leader leader-pattern="rule" leader-length="{format-number($length, '0.##')}mm"
          rule-thickness="4.2pt" color="{$color}"/>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
