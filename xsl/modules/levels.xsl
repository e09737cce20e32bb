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
  <xsl:variable name="lvl:padding" select="concat(1.8 - 0.2
      * (count($cert/c:standards/c:standard[1]/c:levels/c:level) &gt; 10), 'pt')"/>

  <!-- The context node's parent is the standard, or the evidence for it. -->
  <xsl:template match="c:levels">
    <xsl:param name="id"/>
    <xsl:param name="role" select="'H2'"/>
    <xsl:variable name="by" select="concat('by-', @kind)"/>
    <xsl:call-template name="part:heading">
      <xsl:with-param name="role" select="$role"/>
      <xsl:with-param name="text" select="txt:put(txt:put(txt:of('levels'), 'by', txt:of($by)),
          'standard', ../@dated)"/>
      <xsl:with-param name="second" select="substring-after(txt:put(txt:second('levels'), 'by',
          txt:second($by)), '{standard} · ')"/>
      <xsl:with-param name="id" select="$id"/>
    </xsl:call-template>
    <xsl:choose>
      <xsl:when test="$lvl:ratio"><xsl:call-template name="lvl:_ratios"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="lvl:_numbers"/></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="c:level/c:total-reason" mode="lvl:note"/>
    <xsl:apply-templates select="c:maturity | c:security-level-capability" mode="lvl:note"/>
  </xsl:template>

  <!-- Where maturity is declared, its column takes its room from the names. -->
  <xsl:template name="lvl:_numbers">
    <xsl:variable name="maturity" select="boolean(c:level/@maturity)"/>
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum">
      <fo:table-column column-width="14mm"/>
      <fo:table-column column-width="{62 - 13 * $maturity}mm"/>
      <fo:table-column column-width="13mm"/>
      <fo:table-column column-width="24mm"/>
      <fo:table-column column-width="14mm"/>
      <xsl:if test="$maturity"><fo:table-column column-width="13mm"/></xsl:if>
      <fo:table-column column-width="43mm"/>
      <fo:table-header font-size="8pt" line-height="11pt" color="{$grey}" font-weight="500">
        <fo:table-row border-after-width="0.8pt" border-after-style="solid" border-after-color="{$dark}">
          <xsl:call-template name="lvl:_head">
            <xsl:with-param name="key" select="concat('level-', @kind)"/>
            <xsl:with-param name="side" select="'start'"/>
            <xsl:with-param name="span" select="2"/>
          </xsl:call-template>
          <xsl:call-template name="lvl:_head">
            <xsl:with-param name="key" select="'assessed'"/>
          </xsl:call-template>
          <xsl:call-template name="lvl:_head">
            <xsl:with-param name="key" select="'not-applicable'"/>
          </xsl:call-template>
          <xsl:call-template name="lvl:_head">
            <xsl:with-param name="key" select="'total'"/>
          </xsl:call-template>
          <xsl:if test="$maturity">
            <xsl:call-template name="lvl:_head">
              <xsl:with-param name="key" select="'maturity-short'"/>
            </xsl:call-template>
          </xsl:if>
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
    <xsl:param name="side" select="'end'"/>
    <xsl:param name="span" select="1"/>
    <fo:table-cell role="TH" padding-after="3pt" number-columns-spanned="{$span}">
      <fo:block text-align="{$side}">
        <xsl:value-of select="txt:of($key)"/>
        <xsl:call-template name="txt:below">
          <xsl:with-param name="text" select="txt:second($key)"/>
        </xsl:call-template>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <xsl:template match="c:level" mode="lvl:numbers">
    <fo:table-row keep-together.within-page="always">
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <xsl:call-template name="lvl:_keep"/>
      <xsl:choose>
        <xsl:when test="string(@code) != ''">
          <fo:table-cell role="TH" padding-before="{$lvl:padding}" padding-after="{$lvl:padding}" text-align="start">
            <fo:block><xsl:value-of select="@code"/></fo:block>
          </fo:table-cell>
          <fo:table-cell padding-before="{$lvl:padding}" padding-after="{$lvl:padding}">
            <fo:block><xsl:value-of select="txt:name(@name)"/></fo:block>
          </fo:table-cell>
        </xsl:when>
        <xsl:otherwise>
          <fo:table-cell role="TH" padding-before="{$lvl:padding}" padding-after="{$lvl:padding}" number-columns-spanned="2"
              text-align="start">
            <fo:block><xsl:value-of select="txt:name(@name)"/></fo:block>
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
      <fo:table-cell role="TH" padding-before="{$lvl:padding}" padding-after="{$lvl:padding}" number-columns-spanned="2"
          text-align="start">
        <fo:block>
          <xsl:value-of select="txt:of(concat('all-', ../@kind))"/>
          <xsl:if test="txt:second(concat('all-', ../@kind))">
            <fo:inline xml:lang="{$second-lang}" font-weight="400" color="{$grey}">
              <xsl:value-of select="concat(' · ', txt:second(concat('all-', ../@kind)))"/>
            </fo:inline>
          </xsl:if>
        </fo:block>
      </fo:table-cell>
      <xsl:call-template name="lvl:_figures"/>
      <fo:table-cell role="artifact"><fo:block/></fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- A table may go on on the next page, with no fewer than three levels on either. -->
  <xsl:template name="lvl:_keep">
    <xsl:variable name="after" select="count(following-sibling::c:level)"/>
    <xsl:variable name="before" select="count(preceding-sibling::c:level)"/>
    <xsl:if test="$before &lt; 2 or $after &lt; 3">
      <xsl:if test="$after or not($lvl:ratio)">
        <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- The three numbers of the context node, and its maturity where the table has that column. A total
       that is not the catalogue's refers to the note that says why. -->
  <xsl:template name="lvl:_figures">
    <xsl:call-template name="lvl:_figure"><xsl:with-param name="value" select="@assessed"/></xsl:call-template>
    <xsl:call-template name="lvl:_figure"><xsl:with-param name="value" select="@not-applicable"/></xsl:call-template>
    <xsl:call-template name="lvl:_figure">
      <xsl:with-param name="value" select="concat(@total, substring('*', 1, number(boolean(c:total-reason))))"/>
    </xsl:call-template>
    <xsl:if test="../c:level/@maturity">
      <xsl:call-template name="lvl:_figure"><xsl:with-param name="value" select="@maturity"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="lvl:_figure">
    <xsl:param name="value"/>
    <fo:table-cell padding-before="{$lvl:padding}" padding-after="{$lvl:padding}">
      <fo:block text-align="end"><xsl:value-of select="$value"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- The ratio form: `SR (4/5)`, the level's name beside its code. -->
  <xsl:template name="lvl:_ratios">
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum">
      <fo:table-column column-width="47mm"/>
      <fo:table-column column-width="80mm"/>
      <fo:table-column column-width="43mm"/>
      <fo:table-header font-size="8pt" line-height="11pt" color="{$grey}" font-weight="500">
        <fo:table-row border-after-width="0.8pt" border-after-style="solid" border-after-color="{$dark}">
          <xsl:call-template name="lvl:_head">
            <xsl:with-param name="key" select="concat('ratio-', @kind)"/>
            <xsl:with-param name="side" select="'start'"/>
            <xsl:with-param name="span" select="2"/>
          </xsl:call-template>
          <fo:table-cell role="artifact"><fo:block/></fo:table-cell>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:apply-templates select="c:level" mode="lvl:ratio"/>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template match="c:level" mode="lvl:ratio">
    <xsl:variable name="ratio" select="concat('(', @assessed, '/', @total, ')',
        substring('*', 1, number(boolean(c:total-reason))))"/>
    <fo:table-row keep-together.within-page="always">
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <xsl:call-template name="lvl:_keep"/>
      <xsl:choose>
        <xsl:when test="string(@code) != ''">
          <fo:table-cell role="TH" padding-before="{$lvl:padding}" padding-after="{$lvl:padding}" text-align="start">
            <fo:block><xsl:value-of select="concat(translate(@code, ' ', '-'), ' ', $ratio)"/></fo:block>
          </fo:table-cell>
          <fo:table-cell padding-before="{$lvl:padding}" padding-after="{$lvl:padding}">
            <fo:block><xsl:value-of select="txt:name(@name)"/></fo:block>
          </fo:table-cell>
        </xsl:when>
        <xsl:otherwise>
          <fo:table-cell role="TH" padding-before="{$lvl:padding}" padding-after="{$lvl:padding}" number-columns-spanned="2"
              text-align="start">
            <fo:block><xsl:value-of select="concat(txt:name(@name), ' ', $ratio)"/></fo:block>
          </fo:table-cell>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="lvl:_bar"/>
    </fo:table-row>
  </xsl:template>

  <!-- What the figures mean, once after the tables. -->
  <xsl:template name="lvl:legend">
    <xsl:variable name="numbers">
      <xsl:choose>
        <xsl:when test="$lvl:ratio">legend-ratio</xsl:when>
        <xsl:otherwise>legend-numbers</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="maturity" select="$cert//c:levels/c:maturity and not($lvl:ratio)"/>
    <xsl:variable name="capability" select="boolean($cert//c:security-level-capability)"/>
    <fo:block role="P" font-size="8pt" line-height="11pt" color="{$grey}" space-before="4pt"
        keep-with-previous.within-page="always" keep-together.within-page="always">
      <xsl:value-of select="txt:of(string($numbers))"/>
      <xsl:if test="$maturity"><xsl:value-of select="concat(' ', txt:of('legend-maturity'))"/></xsl:if>
      <xsl:if test="$capability"><xsl:value-of select="concat(' ', txt:of('legend-capability'))"/></xsl:if>
      <xsl:call-template name="txt:below">
        <xsl:with-param name="text">
          <xsl:value-of select="txt:second(string($numbers))"/>
          <xsl:if test="$maturity"><xsl:value-of select="concat(' ', txt:second('legend-maturity'))"/></xsl:if>
          <xsl:if test="$capability"><xsl:value-of select="concat(' ', txt:second('legend-capability'))"/></xsl:if>
        </xsl:with-param>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- The bar says at a glance what the numbers say exactly; it is decoration. -->
  <xsl:template name="lvl:_bar">
    <fo:table-cell role="artifact" padding-before="{$lvl:padding}" padding-after="{$lvl:padding}" padding-start="5mm"
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
