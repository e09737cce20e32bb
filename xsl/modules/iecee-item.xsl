<?xml version="1.0" encoding="UTF-8"?>
<!-- The pages after the face of an IECEE certificate: test item, scope diagram, components, sites,
     additional information. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:item="urn:certpress:xsl:iecee-item" xmlns:org="urn:certpress:xsl:organization"
    xmlns:page="urn:certpress:xsl:page" xmlns:part="urn:certpress:xsl:parts"
    xmlns:txt="urn:certpress:xsl:text" xmlns:func="http://exslt.org/functions"
    xmlns:p="urn:certpress:provenance" extension-element-prefixes="func"
    exclude-result-prefixes="c item org page part txt p">

  <!-- Additional information that would crowd page 1. -->
  <func:function name="item:is-long">
    <xsl:param name="information"/>
    <func:result select="string-length($information) &gt; 420"/>
  </func:function>

  <!-- A version that is a number is called one; others ("as built 2026-05") speak for themselves. -->
  <func:function name="item:version">
    <xsl:param name="version"/>
    <xsl:choose>
      <xsl:when test="contains('0123456789', substring($version, 1, 1))">
        <func:result select="txt:put(txt:of('version-of'), 'version', $version)"/>
      </xsl:when>
      <xsl:otherwise><func:result select="string($version)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <xsl:template match="c:item" mode="item:pages">
    <xsl:variable name="information" select="../c:additional-information[item:is-long(.)]"/>
    <xsl:if test="c:description | c:diagram | c:components | c:excluded | ../c:sites | $information">
      <fo:block role="Div" break-before="page">
        <xsl:if test="c:description | c:diagram | c:components | c:excluded">
          <xsl:call-template name="part:section">
            <xsl:with-param name="key" select="'item-description'"/>
            <xsl:with-param name="id" select="'item'"/>
            <xsl:with-param name="above" select="'0pt'"/>
          </xsl:call-template>
          <fo:block role="P" font-weight="600" keep-with-next.within-page="always">
            <xsl:value-of select="txt:fit(c:name, 56)"/>
          </fo:block>
          <xsl:if test="c:version">
            <fo:block role="P" keep-with-next.within-page="always"><xsl:value-of select="txt:fit(item:version(c:version), 56)"/></fo:block>
          </xsl:if>
          <fo:block role="Div" space-before="4pt"><xsl:apply-templates select="c:description"/></fo:block>
        </xsl:if>
        <xsl:apply-templates select="c:diagram"/>
        <xsl:apply-templates select="c:components"/>
        <xsl:apply-templates select="c:excluded"/>
        <xsl:apply-templates select="../c:sites"/>
        <xsl:if test="$information">
          <xsl:call-template name="part:section">
            <xsl:with-param name="key" select="'additional-information-page'"/>
            <xsl:with-param name="id" select="'additional-information'"/>
          </xsl:call-template>
          <xsl:apply-templates select="$information/c:p"/>
        </xsl:if>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <xsl:template match="c:description">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="c:excluded">
    <xsl:call-template name="part:section">
      <xsl:with-param name="key" select="'excluded'"/>
      <xsl:with-param name="id" select="'excluded'"/>
    </xsl:call-template>
    <xsl:apply-templates/>
  </xsl:template>

  <!-- At most the text's width and half a page high, with its caption; somewhat less beside so many
       components that the last ones would just not fit on the page. -->
  <xsl:template match="c:diagram">
    <xsl:variable name="components" select="count(../c:components/c:component)"/>
    <fo:block role="Div" space-before="12pt" keep-together.within-page="always">
      <xsl:call-template name="part:section">
        <xsl:with-param name="key" select="'diagram'"/>
        <xsl:with-param name="id" select="'diagram'"/>
        <xsl:with-param name="above" select="'0pt'"/>
      </xsl:call-template>
      <fo:block font-size="1pt" line-height="1pt" text-align="center" space-before="4pt">
        <fo:external-graphic src="{part:url(@href)}" width="170mm" block-progression-dimension.maximum="{110 - 18 * ($components &gt; 4 and $components &lt; 8)}mm" text-align="center"
            display-align="center" content-width="scale-to-fit" content-height="scale-to-fit"
            scaling="uniform" fox:alt-text="{normalize-space(c:alt)}"/>
      </fo:block>
    </fo:block>
  </xsl:template>

  <xsl:template match="c:components">
    <xsl:call-template name="part:section">
      <xsl:with-param name="key" select="'components'"/>
      <xsl:with-param name="id" select="'components'"/>
    </xsl:call-template>
    <fo:table table-layout="fixed" width="170mm" border-after-width="0.8pt" border-after-style="solid"
        border-after-color="{$dark}" border-after-width.conditionality="retain">
      <fo:table-column column-width="14mm"/>
      <fo:table-column column-width="46mm"/>
      <fo:table-column column-width="26mm"/>
      <fo:table-column column-width="84mm"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="head-row">
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'component-label'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'component-name'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'component-version'"/></xsl:call-template>
          <xsl:call-template name="part:head"><xsl:with-param name="key" select="'component-description'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body><xsl:apply-templates/></fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template match="c:component">
    <fo:table-row>
      <!-- A description of a page or more has to break; the others stay whole. -->
      <xsl:if test="string-length(c:description) &lt; 1200">
        <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
      </xsl:if>
      <!-- No fewer than three rows stand alone. -->
      <xsl:if test="following-sibling::c:component and not(preceding-sibling::c:component[2]
          and following-sibling::c:component[3])">
        <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      </xsl:if>
      <xsl:copy-of select="@p:*"/>
      <xsl:call-template name="part:row-line"/>
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell" text-align="start" font-weight="600">
        <fo:block><xsl:value-of select="txt:fit(c:label, 5)"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:fit(c:name, 20)"/></fo:block>
        <fo:block font-size="8pt" line-height="11pt" color="{$grey}">
          <xsl:value-of select="txt:fit(txt:or(concat('component-', translate(c:type, ' ', '-')), c:type), 24)"/>
        </fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <fo:block><xsl:value-of select="txt:fit(c:version, 10)"/></fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <xsl:apply-templates select="c:description/c:p"><xsl:with-param name="long" select="37"/></xsl:apply-templates>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <xsl:template match="c:sites">
    <xsl:call-template name="part:section">
      <xsl:with-param name="key" select="'sites'"/>
      <xsl:with-param name="id" select="'sites'"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="fields">
      <xsl:call-template name="part:field-columns"/>
      <fo:table-body>
        <xsl:apply-templates/>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template match="c:site">
    <xsl:call-template name="part:field">
      <xsl:with-param name="label" select="txt:or(concat('site-', @role), @role)"/>
      <xsl:with-param name="value"><xsl:call-template name="org:block"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== bookmarks ==== -->

  <xsl:template match="c:item" mode="item:bookmarks">
    <xsl:if test="c:description | c:diagram | c:components | c:excluded">
      <xsl:call-template name="page:bookmark">
        <xsl:with-param name="to" select="'item'"/>
        <xsl:with-param name="title" select="txt:of('item-description')"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:for-each select="c:diagram | c:components | c:excluded">
      <xsl:call-template name="page:bookmark">
        <xsl:with-param name="to" select="local-name()"/>
        <xsl:with-param name="title" select="txt:of(local-name())"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:if test="../c:sites">
      <xsl:call-template name="page:bookmark">
        <xsl:with-param name="to" select="'sites'"/>
        <xsl:with-param name="title" select="txt:of('sites')"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="../c:additional-information[item:is-long(.)]">
      <xsl:call-template name="page:bookmark">
        <xsl:with-param name="to" select="'additional-information'"/>
        <xsl:with-param name="title" select="txt:of('additional-information-page')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
