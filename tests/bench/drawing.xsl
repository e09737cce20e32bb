<?xml version="1.0" encoding="UTF-8"?>
<!-- From an area tree (fo2pdf, area-tree output) to the list that floor draws: one line an object, parts
     separated by tabs, lengths in points from the page's top left corner.

       page   WIDTH HEIGHT
       text   X Y WIDTH FAMILY SIZE WEIGHT COLOUR MARKUP   a paragraph for pango to break
       rect   X Y WIDTH HEIGHT COLOUR     borders, rules, backgrounds
       image  X Y WIDTH HEIGHT FILE
       qr     X Y WIDTH TEXT

     $qr is the text of the document's QR code, which no area tree tells. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:strip-space elements="*"/>
  <xsl:preserve-space elements="space word"/>
  <xsl:param name="qr"/>

  <xsl:template match="/">
    <xsl:apply-templates select="//pageViewport"/>
  </xsl:template>

  <xsl:template match="pageViewport">
    <xsl:variable name="right" select="substring-after(substring-after(@bounds, ' '), ' ')"/>
    <xsl:value-of select="concat('page&#9;', substring-before($right, ' ') div 1000, '&#9;',
                                 substring-after($right, ' ') div 1000, '&#10;')"/>
    <xsl:for-each select="page/regionViewport">
      <xsl:variable name="y" select="substring-before(substring-after(@rect, ' '), ' ')"/>
      <xsl:apply-templates select="*">
        <xsl:with-param name="x" select="number(substring-before(@rect, ' '))"/>
        <xsl:with-param name="y" select="number($y)"/>
      </xsl:apply-templates>
    </xsl:for-each>
  </xsl:template>

  <!-- An area's corner: where its parent's content is, and where it lies in there. -->
  <xsl:template match="*">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:variable name="left" select="$x + sum(@left-offset)"/>
    <xsl:variable name="top" select="$y + sum(@top-offset)"/>
    <xsl:call-template name="box">
      <xsl:with-param name="x" select="$left"/>
      <xsl:with-param name="y" select="$top"/>
    </xsl:call-template>
    <!-- bap: border and padding at start, end, before, after -->
    <xsl:variable name="bap" select="concat(@bap, substring('0 0 0 0', 1, 7 * not(@bap)))"/>
    <xsl:variable name="inner-x" select="$left + substring-before($bap, ' ')"/>
    <xsl:variable name="inner-y" select="$top + substring-before(substring-after(substring-after($bap, ' '), ' '), ' ')"/>
    <xsl:choose>
      <xsl:when test="lineArea">
        <xsl:call-template name="paragraph">
          <xsl:with-param name="x" select="$inner-x"/>
          <xsl:with-param name="y" select="$inner-y"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="*">
          <xsl:with-param name="x" select="$inner-x"/>
          <xsl:with-param name="y" select="$inner-y"/>
        </xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="rect">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:param name="color"/>
    <xsl:value-of select="concat('rect&#9;', $x div 1000, '&#9;', $y div 1000, '&#9;', $width div 1000, '&#9;',
                                 $height div 1000, '&#9;', $color, '&#10;')"/>
  </xsl:template>

  <xsl:template name="box">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:if test="@background">
      <xsl:call-template name="rect">
        <xsl:with-param name="x" select="$x"/>
        <xsl:with-param name="y" select="$y"/>
        <xsl:with-param name="width" select="@ipda"/>
        <xsl:with-param name="height" select="@bpda"/>
        <xsl:with-param name="color" select="substring(@background, 7, 7)"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:for-each select="@border-before | @border-after | @border-start | @border-end">
      <xsl:variable name="parts" select="substring-after(., ',')"/>
      <xsl:variable name="thick" select="number(substring-before(substring-after(translate($parts, ')', ','), ','), ','))"/>
      <xsl:variable name="flat" select="name() = 'border-before' or name() = 'border-after'"/>
      <xsl:variable name="right" select="(name() = 'border-end') * (../@ipda - $thick)"/>
      <xsl:variable name="down" select="(name() = 'border-after') * (../@bpda - $thick)"/>
      <xsl:call-template name="rect">
        <xsl:with-param name="x" select="$x + $right"/>
        <xsl:with-param name="y" select="$y + $down"/>
        <xsl:with-param name="width" select="$flat * ../@ipda + not($flat) * $thick"/>
        <xsl:with-param name="height" select="not($flat) * ../@bpda + $flat * $thick"/>
        <xsl:with-param name="color" select="substring-before($parts, ',')"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- A block's lines: their text as one paragraph, everything else where it is. -->
  <xsl:template name="paragraph">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:variable name="first" select="lineArea[1]//text"/>
    <xsl:if test="$first">
      <xsl:variable name="left" select="sum(lineArea[1]/@left-offset) + sum($first[1]/@left-offset)"/>
      <xsl:value-of select="concat('text&#9;', ($x + $left) div 1000, '&#9;', ($y + lineArea[1]/@top-offset) div 1000,
                                   '&#9;', (@ipd - $left) div 1000, '&#9;', $first[1]/@font-name, '&#9;',
                                   $first[1]/@font-size div 1000, '&#9;', $first[1]/@font-weight, '&#9;',
                                   $first[1]/@color, substring('#000000', 1, 7 * not($first[1]/@color)), '&#9;')"/>
      <xsl:for-each select="lineArea">
        <xsl:apply-templates select=".//text" mode="markup">
          <xsl:with-param name="own" select="$first[1]"/>
        </xsl:apply-templates>
        <xsl:if test="position() != last()"><xsl:text> </xsl:text></xsl:if>
      </xsl:for-each>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
    <xsl:for-each select="lineArea">
      <xsl:apply-templates select=".//leader | .//viewport">
        <xsl:with-param name="x" select="$x + sum(@left-offset)"/>
        <xsl:with-param name="y" select="$y + @top-offset"/>
      </xsl:apply-templates>
    </xsl:for-each>
  </xsl:template>

  <!-- Text in the paragraph's own font stands as it is. -->
  <xsl:template match="text" mode="markup">
    <xsl:param name="own"/>
    <xsl:variable name="escaped">
      <xsl:call-template name="escape">
        <xsl:with-param name="text" select="string(.)"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="@font-size = $own/@font-size and @font-weight = $own/@font-weight
                      and @font-style = $own/@font-style and string(@color) = string($own/@color)">
        <xsl:value-of select="$escaped"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="concat('&lt;span style=&quot;', @font-style, '&quot; weight=&quot;', @font-weight,
                                     '&quot; font_size=&quot;', @font-size div 1000, 'pt&quot; foreground=&quot;',
                                     @color, substring('#000000', 1, 7 * not(@color)), '&quot;>', $escaped, '&lt;/span>')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="escape">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="contains($text, '&amp;')">
        <xsl:value-of select="concat(substring-before($text, '&amp;'), '&amp;amp;')"/>
        <xsl:call-template name="escape">
          <xsl:with-param name="text" select="substring-after($text, '&amp;')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$text"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="leader">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:call-template name="rect">
      <xsl:with-param name="x" select="$x + @left-offset"/>
      <xsl:with-param name="y" select="$y + @offset"/>
      <xsl:with-param name="width" select="@ipd"/>
      <xsl:with-param name="height" select="@ruleThickness"/>
      <xsl:with-param name="color" select="'#000000'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="viewport">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:variable name="left" select="$x + @left-offset + substring-before(@pos, ' ')"/>
    <xsl:variable name="rest" select="substring-after(@pos, ' ')"/>
    <xsl:variable name="top" select="$y + @offset + substring-before($rest, ' ')"/>
    <xsl:variable name="size" select="substring-after($rest, ' ')"/>
    <xsl:choose>
      <xsl:when test="image">
        <xsl:value-of select="concat('image&#9;', $left div 1000, '&#9;', $top div 1000, '&#9;',
                                     substring-before($size, ' ') div 1000, '&#9;',
                                     substring-after($size, ' ') div 1000, '&#9;', image/@url, '&#10;')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="concat('qr&#9;', $left div 1000, '&#9;', $top div 1000, '&#9;',
                                     substring-before($size, ' ') div 1000, '&#9;', $qr, '&#10;')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
