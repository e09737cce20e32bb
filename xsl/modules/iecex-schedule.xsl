<?xml version="1.0" encoding="UTF-8"?>
<!-- The schedule of an IECEx certificate, from page 3: equipment, conditions, changes, annexes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:schedule="urn:certpress:xsl:iecex-schedule"
    xmlns:coc="urn:certpress:xsl:iecex-face" xmlns:page="urn:certpress:xsl:page"
    xmlns:part="urn:certpress:xsl:parts" xmlns:txt="urn:certpress:xsl:text"
    xmlns:p="urn:certpress:provenance"
    exclude-result-prefixes="c schedule coc page part txt p">

  <!-- The context node is the certificate. -->
  <xsl:template name="schedule:pages">
    <fo:block role="Div" break-before="page">
      <fo:block role="H2" id="schedule" font-size="15pt" line-height="19pt" font-weight="600" color="{$dark}"
          space-after="4pt" keep-with-next.within-page="always">
        <xsl:value-of select="txt:of('schedule')"/>
      </fo:block>
      <xsl:apply-templates select="c:equipment" mode="schedule:section"/>
      <xsl:call-template name="schedule:_conditions"/>
      <xsl:call-template name="schedule:_changes"/>
      <xsl:apply-templates select="c:annexes" mode="schedule:section"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="c:equipment" mode="schedule:section">
    <xsl:call-template name="schedule:_heading">
      <xsl:with-param name="key" select="'schedule-equipment'"/>
    </xsl:call-template>
    <fo:block role="P" keep-with-next.within-page="always" color="{$grey}" space-after="3pt">
      <xsl:value-of select="txt:of(concat('schedule-equipment-', $coc:variant))"/>
    </fo:block>
    <xsl:apply-templates select="c:description/c:p"/>
    <xsl:if test="c:serial">
      <fo:block role="P" space-before="5pt" cx:font-features="tnum"><xsl:call-template name="txt:soft">
        <xsl:with-param name="text">
          <xsl:value-of select="txt:of('serials')"/>
          <xsl:text> </xsl:text>
          <xsl:for-each select="c:serial">
            <xsl:if test="position() &gt; 1">, </xsl:if>
            <xsl:value-of select="."/>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template></fo:block>
    </xsl:if>
    <xsl:for-each select="../c:cyber/c:evidence">
      <fo:block role="P" space-before="5pt" keep-together.within-page="always"><xsl:copy-of select="@p:*"/><xsl:value-of
            select="txt:fit(txt:put(txt:put(txt:put(txt:put(txt:put(txt:put(txt:of('evidence'),
            'date', @date), 'type', txt:of(concat('type-', @type))), 'standard', @dated),
            'annex', $cert/c:annexes/c:annex[@number][1]/@name), 'issuer', @issuer), 'reference', @reference), 56)"/></fo:block>
    </xsl:for-each>
  </xsl:template>

  <!-- YES or NO stands on every certificate; a component has a schedule of limitations instead. -->
  <xsl:template name="schedule:_conditions">
    <xsl:choose>
      <xsl:when test="$coc:component">
        <xsl:call-template name="schedule:_heading">
          <xsl:with-param name="key" select="concat('limitations-', c:has-conditions)"/>
          <xsl:with-param name="id" select="'conditions'"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="schedule:_heading">
          <xsl:with-param name="key" select="concat('conditions-', c:has-conditions)"/>
          <xsl:with-param name="id" select="'conditions'"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="c:conditions/c:p"/>
    <xsl:if test="not(c:conditions)"><fo:block/></xsl:if>
  </xsl:template>

  <!-- The label stands on every certificate; a unit verification has no later issues. -->
  <xsl:template name="schedule:_changes">
    <xsl:if test="$coc:variant != 'unit-verification'">
      <xsl:call-template name="schedule:_heading">
        <xsl:with-param name="key" select="'changes'"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="c:changes">
          <fo:table xsl:use-attribute-sets="fields">
            <xsl:call-template name="part:field-columns"/>
            <fo:table-body>
              <xsl:for-each select="c:changes/c:change">
                <xsl:call-template name="part:field">
                  <xsl:with-param name="label" select="txt:put(txt:put(txt:of('change'), 'issue', @issue),
                      'date', @date)"/>
                  <xsl:with-param name="value"><xsl:apply-templates select="c:p"/></xsl:with-param>
                </xsl:call-template>
              </xsl:for-each>
            </fo:table-body>
          </fo:table>
        </xsl:when>
        <xsl:otherwise>
          <fo:block role="P"><xsl:value-of select="txt:of('no-changes')"/></fo:block>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <xsl:template match="c:annexes" mode="schedule:section">
    <xsl:call-template name="schedule:_heading">
      <xsl:with-param name="key" select="'annexes'"/>
    </xsl:call-template>
    <xsl:for-each select="c:annex">
      <fo:block role="P"><xsl:copy-of select="@p:*"/><xsl:value-of select="txt:fit(@name, 56)"/></fo:block>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="schedule:_heading">
    <xsl:param name="key"/>
    <xsl:param name="id" select="$key"/>
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:of($key)"/>
      <xsl:with-param name="id" select="$id"/>
      <xsl:with-param name="role" select="'H3'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="schedule:bookmarks">
    <xsl:call-template name="page:bookmark">
      <xsl:with-param name="to" select="'schedule'"/>
      <xsl:with-param name="title" select="txt:of('schedule')"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
