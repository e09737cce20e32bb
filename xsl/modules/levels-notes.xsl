<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands below a table of levels: reasons for totals, requirements by maturity level, security
     level capability. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:lvl="urn:certpress:xsl:levels"
    xmlns:part="urn:certpress:xsl:parts" xmlns:txt="urn:certpress:xsl:text"
    xmlns:p="urn:certpress:provenance" xmlns:func="http://exslt.org/functions"
    extension-element-prefixes="func" exclude-result-prefixes="c lvl part txt p">

  <!-- Why a total is not the catalogue's. -->
  <xsl:template match="c:total-reason" mode="lvl:note">
    <fo:block role="P" font-size="8pt" line-height="11pt" space-before="2pt"
        keep-with-previous.within-page="always">
      <xsl:copy-of select="@p:*"/>
      <xsl:value-of select="txt:fit(concat('* ', txt:put(txt:put(txt:put(txt:put(txt:of('total-reason'),
            'total', ../@total), 'catalogue', ../@catalogue-total),
            'level', normalize-space(concat(../@code, ' ', txt:name(../@name)))), 'reason', .)), 70)"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="c:maturity" mode="lvl:note">
    <xsl:call-template name="lvl:_strip">
      <xsl:with-param name="key" select="'maturity'"/>
      <xsl:with-param name="heads">
        <xsl:for-each select="c:count">
          <xsl:call-template name="lvl:_strip-cell">
            <xsl:with-param name="text" select="txt:put(txt:of('maturity-of'), 'level', @level)"/>
            <xsl:with-param name="role" select="'TH'"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
      <xsl:with-param name="n" select="count(c:count)"/>
      <xsl:with-param name="values">
        <xsl:for-each select="c:count">
          <xsl:call-template name="lvl:_strip-cell">
            <xsl:with-param name="text" select="string(@requirements)"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:security-level-capability" mode="lvl:note">
    <xsl:call-template name="lvl:_strip">
      <xsl:with-param name="key" select="'capability'"/>
      <xsl:with-param name="heads">
        <xsl:for-each select="c:fr">
          <xsl:call-template name="lvl:_strip-cell">
            <xsl:with-param name="text" select="string(@code)"/>
            <xsl:with-param name="role" select="'TH'"/>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:call-template name="lvl:_strip-cell">
          <xsl:with-param name="text" select="txt:of('capability-overall')"/>
          <xsl:with-param name="role" select="'TH'"/>
        </xsl:call-template>
      </xsl:with-param>
      <xsl:with-param name="n" select="count(c:fr) + 1"/>
      <xsl:with-param name="values">
        <xsl:for-each select="c:fr">
          <xsl:call-template name="lvl:_strip-cell">
            <xsl:with-param name="text" select="lvl:_capability(@sl)"/>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:call-template name="lvl:_strip-cell">
          <xsl:with-param name="text" select="lvl:_capability(@overall)"/>
          <xsl:with-param name="weight" select="600"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <func:function name="lvl:_capability">
    <xsl:param name="sl"/>
    <xsl:choose>
      <xsl:when test="$sl = 'not-applicable'"><func:result select="txt:of('capability-not-applicable')"/></xsl:when>
      <xsl:otherwise><func:result select="string($sl)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- A row of N small figures below their heads, beside what they are. -->
  <xsl:template name="lvl:_strip">
    <xsl:param name="key"/>
    <xsl:param name="heads"/>
    <xsl:param name="values"/>
    <xsl:param name="n"/>
    <fo:table table-layout="fixed" width="170mm" space-before="5pt" cx:font-features="tnum"
        keep-with-previous.within-page="always" keep-together.within-page="always">
      <fo:table-column column-width="47mm"/>
      <xsl:call-template name="part:columns">
        <xsl:with-param name="n" select="$n"/>
        <xsl:with-param name="width" select="concat(format-number(123 div $n, '0.###'), 'mm')"/>
      </xsl:call-template>
      <fo:table-header font-size="8pt" line-height="11pt" color="{$grey}" font-weight="500">
        <fo:table-row><fo:table-cell><fo:block/></fo:table-cell><xsl:copy-of select="$heads"/></fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <fo:table-row>
          <xsl:copy-of select="@p:*"/>
          <fo:table-cell role="TH" padding-end="3mm" text-align="start">
            <fo:block xsl:use-attribute-sets="label"><xsl:value-of select="txt:of($key)"/></fo:block>
            <xsl:call-template name="txt:below">
              <xsl:with-param name="text" select="txt:second($key)"/>
            </xsl:call-template>
          </fo:table-cell>
          <xsl:copy-of select="$values"/>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="lvl:_strip-cell">
    <xsl:param name="text"/>
    <xsl:param name="role" select="'TD'"/>
    <xsl:param name="weight" select="400"/>
    <fo:table-cell role="{$role}">
      <fo:block text-align="end"><xsl:if test="$role = 'TD'"><xsl:attribute name="font-weight"><xsl:value-of select="$weight"/></xsl:attribute></xsl:if><xsl:value-of select="$text"/></fo:block>
    </fo:table-cell>
  </xsl:template>

</xsl:stylesheet>
