<?xml version="1.0" encoding="UTF-8"?>
<!-- The sheet: masters, running head and foot, the specimen mark, the document's frame. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:fox="http://xmlgraphics.apache.org/fop/extensions" xmlns:page="urn:certpress:xsl:page"
    xmlns:txt="urn:certpress:xsl:text" exclude-result-prefixes="c page txt">

  <!-- The whole document. A kind gives its bookmarks, its runs of pages (page:sequence) and their
       content in the modes of these names, so that no page is built twice. -->
  <xsl:template name="page:root">
    <fo:root xml:lang="{$lang}" font-family="{$family}" font-size="9.6pt" line-height="12.6pt" color="{$ink}"
        font-weight="400" line-height-shift-adjustment="disregard-shifts">
      <xsl:call-template name="page:masters"/>
      <xsl:call-template name="page:declarations"/>
      <fo:bookmark-tree><xsl:apply-templates select="." mode="page:bookmarks"/></fo:bookmark-tree>
      <xsl:apply-templates select="." mode="page:sequences"/>
    </fo:root>
  </xsl:template>

  <xsl:template name="page:bookmark">
    <xsl:param name="to"/>
    <xsl:param name="title"/>
    <fo:bookmark internal-destination="{$to}">
      <fo:bookmark-title><xsl:value-of select="$title"/></fo:bookmark-title>
    </fo:bookmark>
  </xsl:template>

  <!-- One run of pages with its own numbering, the content of the context node; the parameters are
       those of page:static. -->
  <xsl:template name="page:sequence">
    <xsl:param name="master" select="'pages'"/>
    <xsl:param name="id" select="'main'"/>
    <xsl:param name="pages" select="txt:of('page-n-of-m')"/>
    <xsl:param name="title" select="txt:of('head-title')"/>
    <xsl:param name="number" select="txt:put(txt:of('head-number'), 'reference', $reference)"/>
    <fo:page-sequence id="{$id}" master-reference="{$master}" initial-page-number="1"
        force-page-count="no-force">
      <xsl:call-template name="page:static">
        <xsl:with-param name="master" select="$master"/>
        <xsl:with-param name="id" select="$id"/>
        <xsl:with-param name="pages" select="$pages"/>
        <xsl:with-param name="title" select="$title"/>
        <xsl:with-param name="number" select="$number"/>
      </xsl:call-template>
      <fo:flow flow-name="xsl-region-body"><xsl:apply-templates select="." mode="page:content"/></fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <!-- A4 upright: 170 mm of text from 20 mm; the first page opens at 18 mm, the others have a
       running head there; text ends 20 mm above the edge and the foot stands below it. -->
  <xsl:template name="page:masters">
    <fo:layout-master-set>
      <fo:simple-page-master master-name="first" page-width="210mm" page-height="297mm"
          margin-top="18mm" margin-bottom="8mm" margin-left="20mm" margin-right="20mm">
        <fo:region-body margin-bottom="12mm"/>
        <fo:region-before region-name="head-first" extent="1mm"/>
        <fo:region-after region-name="foot" extent="8mm" display-align="after"/>
      </fo:simple-page-master>
      <fo:simple-page-master master-name="rest" page-width="210mm" page-height="297mm"
          margin-top="18mm" margin-bottom="8mm" margin-left="20mm" margin-right="20mm">
        <fo:region-body margin-top="14mm" margin-bottom="12mm"/>
        <fo:region-before region-name="head-rest" extent="10mm"/>
        <fo:region-after region-name="foot" extent="8mm" display-align="after"/>
      </fo:simple-page-master>
      <fo:page-sequence-master master-name="pages">
        <fo:repeatable-page-master-alternatives>
          <fo:conditional-page-master-reference page-position="first" master-reference="first"/>
          <fo:conditional-page-master-reference page-position="any" master-reference="rest"/>
        </fo:repeatable-page-master-alternatives>
      </fo:page-sequence-master>
      <!-- For a run of pages that goes on after another: a running head from its first page. -->
      <fo:page-sequence-master master-name="inner-pages">
        <fo:repeatable-page-master-reference master-reference="rest"/>
      </fo:page-sequence-master>
    </fo:layout-master-set>
  </xsl:template>

  <!-- The title for viewers and readers, as XMP. -->
  <xsl:template name="page:declarations">
    <fo:declarations>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <dc:title>
              <xsl:value-of select="txt:put(txt:of('document-title'), 'reference', $reference)"/>
            </dc:title>
          </rdf:Description>
        </rdf:RDF>
      </x:xmpmeta>
    </fo:declarations>
  </xsl:template>

  <!-- Heads, foot and mark of one page sequence. ID is the sequence's own, for the last page's
       number; PAGES the wording of page n of m; NUMBER what the foot and head say on the left. -->
  <xsl:template name="page:static">
    <xsl:param name="master"/>
    <xsl:param name="id"/>
    <xsl:param name="pages"/>
    <xsl:param name="title"/>
    <xsl:param name="number"/>
    <xsl:if test="$master = 'pages'">
      <fo:static-content flow-name="head-first" role="artifact">
        <xsl:call-template name="page:_mark"/>
      </fo:static-content>
    </xsl:if>
    <fo:static-content flow-name="head-rest" role="artifact">
      <xsl:call-template name="page:_mark"/>
      <fo:table table-layout="fixed" width="170mm" font-size="7.5pt" line-height="10pt"
          border-after-width="1.2pt" border-after-style="solid" border-after-color="{$dark}">
        <fo:table-column column-width="85mm"/>
        <fo:table-column column-width="85mm"/>
        <fo:table-body>
          <fo:table-row>
            <fo:table-cell padding-after="5pt" display-align="after">
              <fo:block color="{$dark}" font-weight="600"><xsl:value-of select="txt:fit($title, 48)"/></fo:block>
            </fo:table-cell>
            <fo:table-cell padding-after="5pt" display-align="after">
              <fo:block text-align="end" cx:font-features="tnum"><xsl:value-of select="txt:fit($number, 48)"/></fo:block>
            </fo:table-cell>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
    </fo:static-content>
    <fo:static-content flow-name="foot" role="artifact">
      <fo:table table-layout="fixed" width="170mm" font-size="7.5pt" line-height="10pt">
        <fo:table-column column-width="120mm"/>
        <fo:table-column column-width="50mm"/>
        <fo:table-body>
          <fo:table-row>
            <fo:table-cell display-align="after">
              <fo:block cx:font-features="tnum"><xsl:value-of select="txt:fit($number, 56)"/></fo:block>
            </fo:table-cell>
            <fo:table-cell display-align="after">
              <fo:block text-align="end" cx:font-features="tnum">
                <xsl:value-of select="substring-before($pages, '{page}')"/>
                <fo:page-number/>
                <xsl:value-of select="substring-before(substring-after($pages, '{page}'), '{pages}')"/>
                <fo:page-number-citation-last ref-id="{$id}"/>
                <xsl:value-of select="substring-after($pages, '{pages}')"/>
              </fo:block>
            </fo:table-cell>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
    </fo:static-content>
  </xsl:template>

  <!-- What must be known before reading stands above every page: that it is a specimen (large and
       light behind the text, too), that the certificate is suspended or cancelled. -->
  <xsl:template name="page:_mark">
    <xsl:choose>
      <xsl:when test="$specimen">
        <fo:block-container absolute-position="fixed" top="120mm" left="0mm" width="210mm"
            height="40mm" role="artifact">
          <fo:block text-align="center" font-size="84pt" line-height="100pt" font-weight="600"
              letter-spacing="6pt" color="#eceff3"><xsl:value-of select="txt:of('specimen')"/></fo:block>
        </fo:block-container>
        <xsl:call-template name="page:_note">
          <xsl:with-param name="text" select="txt:of('specimen-note')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="$cert/c:certificate-status[. != 'Current']">
        <xsl:call-template name="page:_note">
          <xsl:with-param name="text" select="txt:of(concat('note-status-', $cert/c:certificate-status))"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><fo:block/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="page:_note">
    <xsl:param name="text"/>
    <fo:block-container absolute-position="fixed" top="8mm" left="20mm" width="170mm" height="6mm"
        role="artifact">
      <fo:block text-align="center" font-size="8pt" line-height="11pt" font-weight="600"
          color="#9c1c1c"><xsl:value-of select="$text"/></fo:block>
    </fo:block-container>
  </xsl:template>

</xsl:stylesheet>
