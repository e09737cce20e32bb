<?xml version="1.0" encoding="UTF-8"?>
<!-- The cyber-security annex of an IECEx certificate: the IECEE certificates that were recognized as
     evidence, their figures, and the exposure of the techniques of protection. It has its own page
     numbers and carries the certificate's number and issue. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:annex="urn:certpress:xsl:iecex-annex" xmlns:coc="urn:certpress:xsl:iecex-face"
    xmlns:cx="urn:certpress:fo" xmlns:err="urn:certpress:xsl:errors"
    xmlns:lvl="urn:certpress:xsl:levels" xmlns:page="urn:certpress:xsl:page"
    xmlns:part="urn:certpress:xsl:parts" xmlns:txt="urn:certpress:xsl:text"
    xmlns:p="urn:certpress:provenance" xmlns:func="http://exslt.org/functions" extension-element-prefixes="func"
    exclude-result-prefixes="c annex coc err lvl page part txt p">

  <!-- The annex that is printed with the certificate: its number, and the name it is listed under. -->
  <xsl:variable name="annex:listed" select="$cert/c:annexes/c:annex[@number][1]"/>
  <xsl:variable name="annex:number" select="string($annex:listed/@number)"/>

  <xsl:template match="c:cyber" mode="annex:pages">
    <xsl:call-template name="page:sequence">
      <xsl:with-param name="id" select="'cyber'"/>
      <xsl:with-param name="master" select="'inner-pages'"/>
      <xsl:with-param name="pages" select="txt:put(txt:of('annex-page-n-of-m'), 'annex', $annex:number)"/>
      <xsl:with-param name="title" select="txt:put(txt:of('annex-head'), 'annex', $annex:number)"/>
      <xsl:with-param name="number" select="$coc:number"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:cyber" mode="page:content">
    <xsl:if test="not($annex:listed)">
      <xsl:call-template name="err:missing"><xsl:with-param name="name" select="'annex number'"/></xsl:call-template>
    </xsl:if>
    <fo:block role="H2" id="annex" font-size="15pt" line-height="19pt" font-weight="600" color="{$dark}"
        keep-with-next.within-page="always">
      <xsl:value-of select="txt:put(txt:put(txt:put(txt:of('annex-title'), 'annex', $annex:number),
          'issue', $cert/c:issue), 'reference', $reference)"/>
    </fo:block>
    <fo:block role="P" font-size="11pt" line-height="15pt" space-before="2pt" space-after="8pt"
        color="#333333" keep-with-next.within-page="always">
      <xsl:value-of select="txt:of('annex-subtitle')"/>
    </fo:block>
    <xsl:if test="c:evidence">
      <fo:block role="P"><xsl:value-of select="txt:of('annex-introduction')"/></fo:block>
    </xsl:if>
    <xsl:apply-templates select="c:exposure" mode="annex:section"/>
    <xsl:if test="c:evidence"><xsl:call-template name="annex:_sequence"/></xsl:if>
    <xsl:apply-templates select="c:evidence" mode="annex:section"/>
    <xsl:if test="c:evidence/c:levels"><xsl:call-template name="lvl:legend"/></xsl:if>
  </xsl:template>

  <!-- The steps of certification: capabilities (2-4), their application in the process (4-1), and the
       component (4-2) or system (3-3) itself; the IECEE certificate that shows each. -->
  <xsl:template name="annex:_sequence">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="key" select="'sequence'"/>
      <xsl:with-param name="id" select="'sequence'"/>
      <xsl:with-param name="role" select="'H3'"/>
    </xsl:call-template>
    <fo:table table-layout="fixed" width="170mm" border-after-width="0.8pt" border-after-style="solid"
        border-after-color="{$dark}" keep-together.within-page="always" cx:font-features="tnum">
      <fo:table-column column-width="20mm"/>
      <fo:table-column column-width="90mm"/>
      <fo:table-column column-width="60mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'sequence-step'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'sequence-assessment'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'sequence-certificate'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:call-template name="annex:_step">
          <xsl:with-param name="n" select="1"/>
          <xsl:with-param name="evidence" select="c:evidence[starts-with(@dated, 'IEC 62443-2-4:')]"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_step">
          <xsl:with-param name="n" select="2"/>
          <xsl:with-param name="evidence" select="c:evidence[starts-with(@dated, 'IEC 62443-4-1:')]"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_step">
          <xsl:with-param name="n" select="3"/>
          <xsl:with-param name="evidence" select="c:evidence[starts-with(@dated, 'IEC 62443-4-2:')
              or starts-with(@dated, 'IEC 62443-3-3:')]"/>
        </xsl:call-template>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="annex:_step">
    <xsl:param name="n"/>
    <xsl:param name="evidence"/>
    <fo:table-row keep-together.within-page="always">
      <xsl:if test="$n &gt; 1"><xsl:call-template name="part:line-above"/></xsl:if>
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
        <fo:block><xsl:value-of select="$n"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:of(concat('sequence-', $n))"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <xsl:for-each select="$evidence">
          <fo:block><xsl:copy-of select="@p:*"/><xsl:value-of select="txt:fit(concat(@reference, ' · ', @dated), 28)"/></fo:block>
        </xsl:for-each>
        <xsl:if test="not($evidence)">
          <fo:block color="{$grey}"><xsl:value-of select="txt:of('sequence-none')"/></fo:block>
        </xsl:if>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <xsl:template match="c:evidence" mode="annex:section">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:put(txt:of('annex-evidence'), 'reference', @reference)"/>
      <xsl:with-param name="id" select="concat('evidence-', position())"/>
      <xsl:with-param name="role" select="'H3'"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="fields">
      <xsl:call-template name="part:field-columns"/>
      <fo:table-body>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-issuer'"/>
          <xsl:with-param name="value" select="@issuer"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-date'"/>
          <xsl:with-param name="value" select="@date"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-type'"/>
          <xsl:with-param name="value" select="txt:of(concat('type-', @type))"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-standard'"/>
          <xsl:with-param name="value" select="@dated"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-item'"/>
          <xsl:with-param name="value" select="@item"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-holder'"/>
          <xsl:with-param name="value" select="@holder"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_field">
          <xsl:with-param name="key" select="'evidence-report'"/>
          <xsl:with-param name="value" select="@report"/>
        </xsl:call-template>
        <xsl:call-template name="annex:_file"/>
      </fo:table-body>
    </fo:table>
    <xsl:apply-templates select="c:levels">
      <xsl:with-param name="role" select="'H4'"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template name="annex:_field">
    <xsl:param name="key"/>
    <xsl:param name="value"/>
    <xsl:if test="$value">
      <xsl:call-template name="part:field">
        <xsl:with-param name="label" select="txt:of($key)"/>
        <xsl:with-param name="value">
          <fo:block role="P"><xsl:call-template name="txt:soft">
            <xsl:with-param name="text" select="string($value)"/>
          </xsl:call-template></fo:block>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The attached file, with the fingerprint by which it can be told. -->
  <xsl:template name="annex:_file">
    <xsl:if test="@file">
      <xsl:call-template name="part:field">
        <xsl:with-param name="label" select="txt:of('evidence-file')"/>
        <xsl:with-param name="value">
          <fo:block role="P"><xsl:value-of select="txt:fit(@file, 56)"/></fo:block>
          <fo:block role="P" font-size="8pt" line-height="11pt" color="{$grey}">
            <xsl:value-of select="txt:fit(txt:put(txt:of('evidence-sha256'), 'sha256', @sha256), 70)"/>
          </fo:block>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="c:exposure" mode="annex:section">
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="txt:of('exposure')"/>
      <xsl:with-param name="id" select="'exposure'"/>
      <xsl:with-param name="role" select="'H3'"/>
    </xsl:call-template>
    <fo:table table-layout="fixed" width="170mm" border-after-width="0.8pt" border-after-style="solid"
        border-after-color="{$dark}" border-after-width.conditionality="retain">
      <fo:table-column column-width="20mm"/>
      <fo:table-column column-width="90mm"/>
      <fo:table-column column-width="60mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'technique-code'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'technique'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'exposure-value'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="c:technique">
          <fo:table-row keep-together.within-page="always">
            <xsl:call-template name="part:row-line"/>
            <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start">
              <fo:block><xsl:value-of select="@code"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:value-of select="txt:or(concat('technique-', @name), @name)"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:value-of select="txt:of(concat('exposure-', @value))"/></fo:block>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
        <xsl:for-each select="c:overall">
          <fo:table-row font-weight="600" keep-with-previous.within-page="always"
              border-before-width="0.8pt" border-before-style="solid" border-before-color="{$dark}">
            <fo:table-cell role="TH" xsl:use-attribute-sets="cell" number-columns-spanned="2" text-align="start">
              <fo:block><xsl:value-of select="txt:of('exposure-overall')"/></fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <fo:block><xsl:value-of select="txt:of(concat('exposure-', @value))"/></fo:block>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
    <fo:block role="P" font-size="8pt" line-height="11pt" color="{$grey}" space-before="5pt"
        keep-with-previous.within-page="always"><xsl:value-of select="txt:of('exposure-note')"/></fo:block>
    <fo:block role="P" space-before="6pt" keep-together.within-page="always">
      <xsl:value-of select="txt:put(txt:of(concat('reason-', c:overall/@value, substring('-alone', 1,
          6 * not(../c:evidence)))), 'techniques', annex:_techniques(.))"/>
    </fo:block>
  </xsl:template>

  <!-- The techniques that make the exposure what it is, named once each. -->
  <func:function name="annex:_techniques">
    <xsl:param name="exposure"/>
    <func:result>
      <xsl:for-each select="$exposure/c:technique[@value = ../c:overall/@value]
          [not(@name = preceding-sibling::c:technique/@name)]">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:variable name="name" select="txt:or(concat('technique-', @name), @name)"/>
        <xsl:value-of select="concat($name, ' (')"/>
        <xsl:for-each select="../c:technique[@name = current()/@name]">
          <xsl:if test="position() &gt; 1">, </xsl:if>
          <xsl:value-of select="@code"/>
        </xsl:for-each>
        <xsl:text>)</xsl:text>
      </xsl:for-each>
    </func:result>
  </func:function>

  <xsl:template match="c:cyber" mode="annex:bookmarks">
    <xsl:call-template name="page:bookmark">
      <xsl:with-param name="to" select="'annex'"/>
      <xsl:with-param name="title" select="txt:put(txt:of('annex-head'), 'annex', $annex:number)"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
