<?xml version="1.0" encoding="UTF-8"?>
<!-- Parts that every kind of document is made of: masthead, titles, the list of fields, headings. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:part="urn:certpress:xsl:parts" xmlns:txt="urn:certpress:xsl:text"
    xmlns:p="urn:certpress:provenance" xmlns:func="http://exslt.org/functions"
    extension-element-prefixes="func" exclude-result-prefixes="c part txt p">

  <!-- In two languages the lines of a label stand closer, so that both belong together. -->
  <xsl:variable name="part:label-line" select="12.6 - 2 * boolean($second-lang)"/>
  <!-- Above the label of a field: 0.6 pt more than above the larger letters of the value put both on one
       base line, and half of what the label's lines are closer. -->
  <xsl:variable name="part:label-padding" select="3.7 + (12.6 - $part:label-line) div 2"/>
  <xsl:attribute-set name="label">
    <xsl:attribute name="font-size">8pt</xsl:attribute>
    <xsl:attribute name="line-height"><xsl:value-of select="$part:label-line"/>pt</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
  </xsl:attribute-set>

  <xsl:attribute-set name="hairline">
    <xsl:attribute name="border-before-width">0.4pt</xsl:attribute>
    <xsl:attribute name="border-before-style">solid</xsl:attribute>
    <xsl:attribute name="border-before-color"><xsl:value-of select="$hair"/></xsl:attribute>
  </xsl:attribute-set>

  <!-- Tables that only place things say so at every level, so that readers hear no table. -->
  <xsl:attribute-set name="layout-table">
    <xsl:attribute name="role">Div</xsl:attribute>
    <xsl:attribute name="table-layout">fixed</xsl:attribute>
    <xsl:attribute name="width">170mm</xsl:attribute>
  </xsl:attribute-set>

  <!-- A file's name as a uri-specification, in the quotes that it does not have itself. -->
  <func:function name="part:url">
    <xsl:param name="href"/>
    <xsl:variable name="quote" select="substring(&quot;&apos;&quot;, 1 + contains($href, &quot;&apos;&quot;))"/>
    <xsl:choose>
      <xsl:when test="$quote"><func:result select="concat('url(', $quote, $href, $quote, ')')"/></xsl:when>
      <xsl:otherwise><func:result select="concat('url(&quot;', $href, '&quot;)')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The top of page 1: the issuing body's mark (where it has one), the scheme, the number. -->
  <xsl:template name="part:masthead">
    <xsl:variable name="mark" select="$cert/c:issuer/c:mark"/>
    <fo:table xsl:use-attribute-sets="layout-table" border-after-width="1.2pt"
        border-after-style="solid" border-after-color="{$dark}">
      <xsl:if test="$mark"><fo:table-column column-width="32.5mm"/></xsl:if>
      <fo:table-column column-width="{108 - 32.5 * boolean($mark)}mm"/>
      <fo:table-column column-width="62mm"/>
      <fo:table-body role="Div">
        <fo:table-row role="Div">
          <xsl:if test="$mark">
            <fo:table-cell role="Div" padding-after="7pt">
              <fo:block font-size="1pt" line-height="1pt">
                <fo:external-graphic src="{part:url($mark/@href)}" width="26.5mm" height="16mm"
                    content-width="scale-to-fit" content-height="scale-to-fit" scaling="uniform"
                    fox:alt-text="{$mark/@alt}"/>
              </fo:block>
            </fo:table-cell>
          </xsl:if>
          <fo:table-cell role="Div" padding-after="7pt" padding-end="6mm">
            <fo:block role="P" font-size="8pt" line-height="10.4pt" font-weight="600" color="{$dark}"
                letter-spacing="0.3pt"><xsl:value-of select="txt:of('scheme')"/></fo:block>
            <xsl:call-template name="txt:below">
              <xsl:with-param name="text" select="txt:second('scheme')"/>
            </xsl:call-template>
            <fo:block role="P" font-size="8pt" line-height="10.4pt" space-before="1pt">
              <xsl:value-of select="txt:of('programme')"/>
            </fo:block>
            <xsl:call-template name="txt:below">
              <xsl:with-param name="text" select="txt:second('programme')"/>
            </xsl:call-template>
          </fo:table-cell>
          <fo:table-cell role="Div" padding-after="7pt" text-align="end">
            <fo:block role="P" font-size="8pt" line-height="10.4pt" color="{$grey}">
              <xsl:value-of select="txt:of('number-label')"/>
            </fo:block>
            <xsl:call-template name="txt:below">
              <xsl:with-param name="text" select="txt:second('number-label')"/>
            </xsl:call-template>
            <fo:block role="P" font-size="12pt" line-height="17pt" font-weight="600" space-before="1pt"
                cx:font-features="tnum">
              <xsl:value-of select="txt:fit($reference, 21)"/>
            </fo:block>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Title and type of the document. -->
  <xsl:template name="part:title">
    <xsl:param name="title"/>
    <xsl:param name="subtitle"/>
    <xsl:param name="second-title" select="txt:second('title')"/>
    <xsl:param name="second-subtitle"/>
    <fo:block role="H1" id="certificate" font-size="19pt" line-height="24pt" font-weight="600" color="{$dark}"
        space-before="11pt" space-before.conditionality="retain" keep-with-next.within-page="always">
      <xsl:value-of select="$title"/>
      <xsl:if test="$second-title">
        <fo:inline xml:lang="{$second-lang}" font-size="12pt" font-weight="400" color="{$grey}">
          <xsl:value-of select="concat('&#xA0; ', $second-title)"/>
        </fo:inline>
      </xsl:if>
    </fo:block>
    <fo:block role="Div" space-after="7pt" keep-with-next.within-page="always">
      <fo:block role="P" font-size="11pt" line-height="15pt" space-before="1pt" color="#333333">
        <xsl:value-of select="$subtitle"/>
      </fo:block>
      <xsl:call-template name="txt:below">
        <xsl:with-param name="text" select="$second-subtitle"/>
        <xsl:with-param name="size" select="'9.6pt'"/>
        <xsl:with-param name="line" select="'12.6pt'"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- A heading: the text of KEY in the languages of the form, or TEXT and SECOND; LEVEL is its rank
       for readers, ID where bookmarks go. -->
  <xsl:template name="part:heading">
    <xsl:param name="key"/>
    <xsl:param name="text" select="txt:of($key)"/>
    <xsl:param name="second" select="txt:second($key)"/>
    <xsl:param name="id"/>
    <xsl:param name="role" select="'H2'"/>
    <xsl:param name="above" select="'12pt'"/>
    <xsl:param name="size" select="'9.6pt'"/>
    <xsl:param name="line" select="'12.6pt'"/>
    <fo:block role="{$role}" font-size="{$size}" line-height="{$line}" font-weight="600" color="{$dark}"
        space-before="{$above}" space-after="4pt" keep-with-next.within-page="always"
        keep-together.within-page="always">
      <xsl:if test="$id">
        <xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute>
      </xsl:if>
      <xsl:value-of select="txt:fit($text, 56)"/>
      <xsl:if test="$second">
        <fo:inline xml:lang="{$second-lang}" font-weight="400" color="{$grey}">
          <xsl:text> · </xsl:text>
          <xsl:value-of select="txt:fit($second, 56)"/>
        </fo:inline>
      </xsl:if>
    </fo:block>
  </xsl:template>

  <!-- The heading of a section after page 1. -->
  <xsl:template name="part:section">
    <xsl:param name="key"/>
    <xsl:param name="text" select="txt:of($key)"/>
    <xsl:param name="id"/>
    <xsl:param name="above" select="'16pt'"/>
    <xsl:call-template name="part:heading">
      <xsl:with-param name="text" select="$text"/>
      <xsl:with-param name="second" select="txt:second($key)"/>
      <xsl:with-param name="id" select="$id"/>
      <xsl:with-param name="above" select="$above"/>
      <xsl:with-param name="size" select="'11pt'"/>
      <xsl:with-param name="line" select="'15pt'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== tables ==== -->

  <xsl:attribute-set name="head-row">
    <xsl:attribute name="font-size">8pt</xsl:attribute>
    <xsl:attribute name="line-height">11pt</xsl:attribute>
    <xsl:attribute name="font-weight">500</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
    <xsl:attribute name="border-after-width">0.8pt</xsl:attribute>
    <xsl:attribute name="border-after-style">solid</xsl:attribute>
    <xsl:attribute name="border-after-color"><xsl:value-of select="$dark"/></xsl:attribute>
  </xsl:attribute-set>

  <xsl:attribute-set name="cell">
    <xsl:attribute name="padding-before">3pt</xsl:attribute>
    <xsl:attribute name="padding-after">3pt</xsl:attribute>
    <xsl:attribute name="padding-end">3mm</xsl:attribute>
  </xsl:attribute-set>

  <!-- A column's head; SIDE is start or end. -->
  <xsl:template name="part:head">
    <xsl:param name="key"/>
    <xsl:param name="side" select="'start'"/>
    <fo:table-cell role="TH" padding-after="3pt" display-align="after">
      <xsl:if test="$side = 'start'"><xsl:attribute name="padding-end">3mm</xsl:attribute></xsl:if>
      <fo:block text-align="{$side}">
        <xsl:value-of select="txt:of($key)"/>
        <xsl:call-template name="txt:below">
          <xsl:with-param name="text" select="txt:second($key)"/>
        </xsl:call-template>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- The hairline above a row other than the first of its table. -->
  <xsl:template name="part:row-line">
    <xsl:if test="preceding-sibling::*[1]"><xsl:call-template name="part:line-above"/></xsl:if>
  </xsl:template>

  <xsl:template name="part:line-above">
    <xsl:attribute name="border-before-width">0.4pt</xsl:attribute>
    <xsl:attribute name="border-before-style">solid</xsl:attribute>
    <xsl:attribute name="border-before-color"><xsl:value-of select="$hair"/></xsl:attribute>
  </xsl:template>

  <!-- A row of short facts, each a label with its value below: FACTS are part:fact results, N (2 or
       more) of them. The second stands where the values of fields stand. -->
  <xsl:template name="part:strip">
    <xsl:param name="facts"/>
    <xsl:param name="n"/>
    <fo:table xsl:use-attribute-sets="layout-table hairline">
      <fo:table-column column-width="47mm"/>
      <xsl:call-template name="part:columns">
        <xsl:with-param name="n" select="$n - 1"/>
        <xsl:with-param name="width" select="concat(format-number(123 div ($n - 1), '0.###'), 'mm')"/>
      </xsl:call-template>
      <fo:table-body role="Div">
        <fo:table-row role="Div" keep-together.within-page="always">
          <xsl:copy-of select="$facts"/>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- N columns of one width. -->
  <xsl:template name="part:columns">
    <xsl:param name="n"/>
    <xsl:param name="width"/>
    <xsl:if test="$n &gt; 0">
      <fo:table-column column-width="{$width}"/>
      <xsl:call-template name="part:columns">
        <xsl:with-param name="n" select="$n - 1"/>
        <xsl:with-param name="width" select="$width"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="part:fact">
    <xsl:param name="label"/>
    <xsl:param name="value" select="string(.)"/>
    <fo:table-cell role="Div" padding-before="4pt" padding-after="4pt" padding-end="3mm">
      <xsl:copy-of select="@p:*"/>
      <fo:block role="P" xsl:use-attribute-sets="label"><xsl:value-of select="$label"/></fo:block>
      <fo:block role="P" font-weight="600" cx:font-features="tnum"><xsl:call-template name="txt:soft">
        <xsl:with-param name="text" select="$value"/>
        <xsl:with-param name="long" select="16"/>
      </xsl:call-template></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- A list of fields is a table of this look with these columns and part:field rows. -->
  <xsl:attribute-set name="fields">
    <xsl:attribute name="table-layout">fixed</xsl:attribute>
    <xsl:attribute name="width">170mm</xsl:attribute>
    <xsl:attribute name="border-after-width">0.8pt</xsl:attribute>
    <xsl:attribute name="border-after-style">solid</xsl:attribute>
    <xsl:attribute name="border-after-color"><xsl:value-of select="$dark"/></xsl:attribute>
  </xsl:attribute-set>

  <xsl:template name="part:field-columns">
    <fo:table-column column-width="47mm"/>
    <fo:table-column column-width="123mm"/>
  </xsl:template>

  <!-- One field: a quiet label, its value in blocks. The label is the text of KEY in the languages of
       the form, or LABEL. -->
  <xsl:template name="part:field">
    <xsl:param name="key"/>
    <xsl:param name="label" select="txt:of($key)"/>
    <xsl:param name="value"/>
    <fo:table-row xsl:use-attribute-sets="hairline">
      <xsl:copy-of select="@p:*"/>
      <fo:table-cell role="TH" padding-before="{$part:label-padding}pt" padding-after="3.1pt" padding-end="4mm"
          text-align="start">
        <fo:block xsl:use-attribute-sets="label"><xsl:value-of select="txt:fit($label, 24)"/></fo:block>
        <xsl:call-template name="txt:below">
          <xsl:with-param name="text" select="txt:second($key)"/>
          <xsl:with-param name="long" select="24"/>
        </xsl:call-template>
      </fo:table-cell>
      <fo:table-cell padding-before="3.1pt" padding-after="3.1pt">
        <xsl:copy-of select="$value"/>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

</xsl:stylesheet>
