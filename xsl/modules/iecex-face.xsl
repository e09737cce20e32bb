<?xml version="1.0" encoding="UTF-8"?>
<!-- The document and pages 1 and 2 of an IECEx Certificate of Conformity, in the order of the
     online system's forms; what changed between their eras is in the wording. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:coc="urn:certpress:xsl:iecex-face"
    xmlns:schedule="urn:certpress:xsl:iecex-schedule" xmlns:annex="urn:certpress:xsl:iecex-annex"
    xmlns:known="urn:certpress:xsl:known"
    xmlns:org="urn:certpress:xsl:organization" xmlns:page="urn:certpress:xsl:page"
    xmlns:part="urn:certpress:xsl:parts" xmlns:sig="urn:certpress:xsl:signature"
    xmlns:txt="urn:certpress:xsl:text" xmlns:p="urn:certpress:provenance"
    exclude-result-prefixes="c known coc schedule annex org page part sig txt p">

  <xsl:variable name="coc:variant" select="string($cert/@variant)"/>
  <xsl:variable name="coc:component" select="$coc:variant = 'component'"/>
  <xsl:variable name="coc:number"
      select="txt:put(txt:put(txt:of('head-number'), 'issue', $cert/c:issue), 'reference', $reference)"/>

  <xsl:template match="c:certificate[@kind = 'iecex']">
    <xsl:call-template name="known:check">
      <xsl:with-param name="required" select="'issue certificate-status has-conditions history applicant manufacturer equipment protection marking standards reports'"/>
    </xsl:call-template>
    <xsl:call-template name="page:root"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'iecex']" mode="page:bookmarks">
    <xsl:call-template name="coc:_bookmarks"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'iecex']" mode="page:sequences">
    <xsl:call-template name="page:sequence">
      <xsl:with-param name="number" select="$coc:number"/>
    </xsl:call-template>
    <xsl:apply-templates select="c:cyber" mode="annex:pages"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'iecex']" mode="page:content">
    <xsl:call-template name="coc:_page-1"/>
    <xsl:call-template name="coc:_page-2"/>
    <xsl:call-template name="schedule:pages"/>
  </xsl:template>

  <!-- ==== page 1 ==== -->

  <xsl:template name="coc:_page-1">
    <xsl:call-template name="part:masthead"/>
    <xsl:call-template name="part:title">
      <xsl:with-param name="title" select="txt:of('title')"/>
      <xsl:with-param name="subtitle" select="txt:of(concat('subtitle-', $coc:variant))"/>
    </xsl:call-template>
    <xsl:call-template name="part:strip">
      <xsl:with-param name="n" select="3"/>
      <xsl:with-param name="facts">
        <xsl:for-each select="c:issue | c:certificate-status | c:issue-date">
          <xsl:sort select="string-length(substring-before('issue certificate-status issue-date ',
              concat(local-name(), ' ')))" data-type="number"/>
          <xsl:call-template name="part:fact">
            <xsl:with-param name="label" select="txt:of(local-name())"/>
            <xsl:with-param name="value" select="txt:or(concat('status-', .), .)"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="fields">
      <xsl:call-template name="part:field-columns"/>
      <fo:table-body>
        <xsl:apply-templates mode="coc:field"
            select="c:history | c:applicant | c:equipment | c:protection | c:marking"/>
      </fo:table-body>
    </fo:table>
    <xsl:call-template name="sig:approval"/>
  </xsl:template>

  <!-- The form of 2010 lists earlier issues only, the later ones every issue. -->
  <xsl:template match="c:history" mode="coc:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:of('history')"/>
      <xsl:with-param name="value">
        <fo:block role="P" cx:font-features="tnum">
          <xsl:for-each select="c:entry[$era != '2010' or @issue != $cert/c:issue]">
            <xsl:if test="position() &gt; 1"><xsl:text>, </xsl:text></xsl:if>
            <xsl:value-of select="translate(txt:put(txt:put(txt:of('history-entry'), 'issue', @issue),
                'date', @date), ' ', '&#xA0;')"/>
          </xsl:for-each>
        </fo:block>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:applicant" mode="coc:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:of('applicant')"/>
      <xsl:with-param name="value"><xsl:call-template name="org:lines"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The label of the accessory stands on every form, with or without one. -->
  <xsl:template match="c:equipment" mode="coc:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:of(concat('equipment-', $coc:variant))"/>
      <xsl:with-param name="value">
        <fo:block role="P" font-weight="600">
          <xsl:for-each select="c:name"><xsl:call-template name="txt:soft"/></xsl:for-each>
        </fo:block>
        <xsl:if test="$coc:component">
          <fo:block role="P" space-before="3pt">
            <xsl:value-of select="txt:of('component-sentence')"/>
          </fo:block>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:of('accessory')"/>
      <xsl:with-param name="value">
        <fo:block role="P"><xsl:value-of select="txt:fit(c:accessory, 56)"/></fo:block>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:protection" mode="coc:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:of('protection')"/>
      <xsl:with-param name="value">
        <fo:block role="P"><xsl:call-template name="txt:soft"/></fo:block>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:marking" mode="coc:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:of('marking')"/>
      <xsl:with-param name="value">
        <xsl:for-each select="c:line">
          <fo:block role="P" font-weight="500"><xsl:copy-of select="@p:*"/><xsl:call-template name="txt:soft"/></fo:block>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== page 2 ==== -->

  <xsl:template name="coc:_page-2">
    <fo:block role="Div" break-before="page">
      <fo:table xsl:use-attribute-sets="fields">
        <xsl:call-template name="part:field-columns"/>
        <fo:table-body>
          <xsl:apply-templates select="c:manufacturer" mode="coc:field"/>
          <xsl:call-template name="coc:_locations"/>
        </fo:table-body>
      </fo:table>
      <fo:block role="P" space-before="10pt">
        <xsl:value-of select="txt:of(concat('verification-', $coc:variant))"/>
      </fo:block>
      <xsl:apply-templates select="c:standards" mode="coc:section"/>
      <xsl:apply-templates select="c:reports" mode="coc:section"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="c:manufacturer" mode="coc:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:of('manufacturer')"/>
      <xsl:with-param name="value"><xsl:call-template name="org:lines"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="coc:_locations">
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:of('locations')"/>
      <xsl:with-param name="value">
        <fo:block/>
        <xsl:for-each select="c:locations/c:location">
          <fo:block role="Div" keep-together.within-page="always">
            <xsl:if test="position() &gt; 1">
              <xsl:attribute name="space-before">4pt</xsl:attribute>
            </xsl:if>
            <xsl:call-template name="org:block"/>
          </fo:block>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:standards" mode="coc:section">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:of('standards')"/>
      <xsl:with-param name="id" select="'standards'"/>
    </xsl:call-template>
    <fo:block role="P" keep-with-next.within-page="always" space-after="4pt">
      <xsl:value-of select="txt:of('standards-sentence')"/>
    </fo:block>
    <fo:table table-layout="fixed" width="170mm" cx:font-features="tnum">
      <fo:table-column column-width="47mm"/>
      <fo:table-column column-width="20mm"/>
      <fo:table-column column-width="103mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'standard'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'edition'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'standard-title'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:standard">
          <fo:table-row keep-together.within-page="always">
            <xsl:copy-of select="@p:*"/>
            <xsl:call-template name="part:row-line"/>
            <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start" font-weight="600">
              <fo:block><xsl:value-of select="@dated"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:value-of select="@edition-number"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:value-of select="txt:fit(c:title, 56)"/></fo:block>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
    <fo:block role="P" space-before="6pt" keep-with-previous.within-page="always"
        keep-together.within-page="always">
      <xsl:value-of select="txt:of('disclaimer')"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="c:reports" mode="coc:section">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:of('reports')"/>
      <xsl:with-param name="id" select="'reports'"/>
    </xsl:call-template>
    <fo:block role="P" keep-with-next.within-page="always" space-after="4pt">
      <xsl:value-of select="txt:of('reports-sentence')"/>
    </fo:block>
    <fo:table xsl:use-attribute-sets="fields">
      <xsl:call-template name="part:field-columns"/>
      <fo:table-body>
        <xsl:call-template name="coc:_reports">
          <xsl:with-param name="reports" select="c:test-report"/>
        </xsl:call-template>
        <xsl:call-template name="coc:_reports">
          <xsl:with-param name="reports" select="c:quality-report"/>
        </xsl:call-template>
      </fo:table-body>
    </fo:table>
    <xsl:if test="$coc:variant = 'unit-verification'">
      <fo:block role="P" space-before="6pt" keep-with-previous.within-page="always">
        <xsl:value-of select="txt:of('no-quality-report')"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- The label is in the singular for one report. -->
  <xsl:template name="coc:_reports">
    <xsl:param name="reports"/>
    <xsl:if test="$reports">
      <xsl:variable name="number">
        <xsl:if test="count($reports) &gt; 1">s</xsl:if>
      </xsl:variable>
      <xsl:call-template name="part:field">
        <xsl:with-param name="label" select="txt:of(concat(local-name($reports), $number))"/>
        <xsl:with-param name="value">
          <xsl:for-each select="$reports">
            <fo:block role="P" font-weight="600" cx:font-features="tnum">
              <xsl:copy-of select="@p:*"/>
              <xsl:value-of select="txt:fit(@number, 56)"/>
            </fo:block>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- ==== what the pages of this kind know ==== -->

  <xsl:template mode="known" match="c:certificate/c:issue | c:certificate/c:certificate-status
      | c:certificate/c:has-conditions | c:certificate/c:history | c:history/c:entry
      | c:certificate/c:manufacturer | c:certificate/c:locations | c:locations/c:location
      | c:certificate/c:equipment | c:equipment/c:name | c:equipment/c:accessory
      | c:equipment/c:description | c:equipment/c:serial | c:certificate/c:protection
      | c:certificate/c:marking | c:marking/c:line | c:certificate/c:standards | c:standards/c:standard
      | c:standard/c:title | c:certificate/c:reports | c:reports/c:test-report
      | c:test-report/c:standard | c:reports/c:quality-report | c:quality-report/c:site
      | c:certificate/c:conditions | c:certificate/c:changes | c:changes/c:change
      | c:certificate/c:annexes | c:annexes/c:annex | c:certificate/c:cyber | c:cyber/c:evidence
      | c:evidence/c:levels | c:levels/c:level | c:levels/c:sum | c:level/c:total-reason | c:cyber/c:exposure
      | c:exposure/c:technique | c:exposure/c:overall">
    <xsl:apply-templates select="*" mode="known"/>
  </xsl:template>

  <!-- ==== bookmarks ==== -->

  <xsl:template name="coc:_bookmarks">
    <xsl:call-template name="page:bookmark">
      <xsl:with-param name="to" select="'certificate'"/>
      <xsl:with-param name="title" select="concat(txt:of('title'), ' ', $reference)"/>
    </xsl:call-template>
    <xsl:for-each select="c:standards | c:reports">
      <xsl:call-template name="page:bookmark">
        <xsl:with-param name="to" select="local-name()"/>
        <xsl:with-param name="title" select="txt:of(local-name())"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="schedule:bookmarks"/>
    <xsl:apply-templates select="c:cyber" mode="annex:bookmarks"/>
  </xsl:template>

</xsl:stylesheet>
