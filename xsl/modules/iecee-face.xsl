<?xml version="1.0" encoding="UTF-8"?>
<!-- The document and the face of an IECEE certificate: fields, figures, statement, signature. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:face="urn:certpress:xsl:iecee-face"
    xmlns:item="urn:certpress:xsl:iecee-item" xmlns:lvl="urn:certpress:xsl:levels"
    xmlns:known="urn:certpress:xsl:known"
    xmlns:req="urn:certpress:xsl:iecee-requirements"
    xmlns:org="urn:certpress:xsl:organization" xmlns:page="urn:certpress:xsl:page"
    xmlns:part="urn:certpress:xsl:parts" xmlns:sig="urn:certpress:xsl:signature"
    xmlns:txt="urn:certpress:xsl:text"
    exclude-result-prefixes="c req known face item lvl org page part sig txt">

  <xsl:template match="c:certificate[@kind = 'iecee']">
    <xsl:call-template name="known:check">
      <xsl:with-param name="required" select="'type applicant item standards report'"/>
    </xsl:call-template>
    <xsl:call-template name="page:root"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'iecee']" mode="page:bookmarks">
    <xsl:call-template name="face:_bookmarks"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'iecee']" mode="page:sequences">
    <xsl:call-template name="page:sequence"/>
  </xsl:template>

  <xsl:template match="c:certificate[@kind = 'iecee']" mode="page:content">
    <xsl:call-template name="face:_page"/>
    <xsl:apply-templates select="c:item" mode="item:pages"/>
    <xsl:apply-templates select="c:standards[c:standard/c:requirements]" mode="req:pages"/>
  </xsl:template>

  <xsl:template name="face:_page">
    <xsl:call-template name="part:masthead"/>
    <xsl:call-template name="part:title">
      <xsl:with-param name="title" select="txt:of('title')"/>
      <xsl:with-param name="subtitle"
          select="txt:put(txt:of('subtitle'), 'type', txt:of(concat('type-', c:type)))"/>
      <xsl:with-param name="second-subtitle"
          select="txt:put(txt:second('subtitle'), 'type', txt:second(concat('type-', c:type)))"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="fields">
      <xsl:call-template name="part:field-columns"/>
      <fo:table-body>
        <xsl:apply-templates mode="face:field"
            select="c:applicant | c:manufacturer | c:item/c:name | c:item/c:coverage | c:item/c:trademark
                | c:item/c:model | c:standards | c:maturity-level | c:security-level
                | c:referenced-certificate[1] | c:additional-information"/>
        <xsl:apply-templates mode="face:field" select="c:replaces | c:original-issue-date[not(../c:replaces)]"/>
        <xsl:apply-templates mode="face:field" select="c:expiry-date"/>
        <xsl:apply-templates mode="face:field" select="c:laboratory"/>
        <xsl:apply-templates mode="face:field" select="c:report"/>
      </fo:table-body>
    </fo:table>
    <xsl:for-each select="c:standards/c:standard">
      <xsl:apply-templates select="c:levels">
        <xsl:with-param name="id" select="concat('levels-', position())"/>
      </xsl:apply-templates>
    </xsl:for-each>
    <xsl:call-template name="lvl:legend"/>
    <xsl:call-template name="sig:close">
      <xsl:with-param name="statement">
        <fo:block role="P"><xsl:value-of select="txt:of('statement')"/></fo:block>
        <xsl:call-template name="txt:below">
          <xsl:with-param name="text" select="txt:second('statement')"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== fields of page 1 ==== -->

  <xsl:template match="c:applicant | c:manufacturer | c:laboratory" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="local-name()"/>
      <xsl:with-param name="value"><xsl:call-template name="org:block"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:item/c:name" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="'item'"/>
      <xsl:with-param name="value">
        <fo:block role="P">
          <fo:inline font-weight="600"><xsl:call-template name="txt:soft"/></fo:inline>
          <xsl:if test="../c:version">
            <xsl:text> · </xsl:text>
            <xsl:value-of select="txt:fit(item:version(../c:version), 56)"/>
          </xsl:if>
        </fo:block>
        <xsl:if test="../c:component-type">
          <fo:block role="P"><xsl:call-template name="txt:soft">
            <xsl:with-param name="text">
              <xsl:for-each select="../c:component-type">
                <xsl:if test="position() &gt; 1">, </xsl:if>
                <xsl:value-of select="txt:of(concat('component-', translate(., ' ', '-')))"/>
              </xsl:for-each>
            </xsl:with-param>
          </xsl:call-template></fo:block>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:coverage" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="'coverage'"/>
      <xsl:with-param name="value"><xsl:apply-templates/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:original-issue-date | c:expiry-date" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="local-name()"/>
      <xsl:with-param name="value">
        <fo:block role="P" cx:font-features="tnum"><xsl:value-of select="."/></fo:block>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:trademark | c:model | c:maturity-level | c:security-level" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="local-name()"/>
      <xsl:with-param name="value">
        <fo:block role="P"><xsl:call-template name="txt:soft"/></fo:block>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:standards" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="concat('standard', substring('s', 1, number(count(c:standard) &gt; 1)))"/>
      <xsl:with-param name="value">
        <xsl:for-each select="c:standard">
          <fo:block role="P">
            <xsl:if test="position() &gt; 1">
              <xsl:attribute name="space-before">2pt</xsl:attribute>
            </xsl:if>
            <fo:inline font-weight="600"><xsl:value-of select="@dated"/></fo:inline>
            <xsl:text> · </xsl:text>
            <xsl:value-of select="txt:fit(c:title, 56)"/>
            <xsl:if test="@withdrawn = 'yes'">
              <xsl:value-of select="concat(' ', txt:of('withdrawn'))"/>
            </xsl:if>
          </fo:block>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:referenced-certificate" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="'referenced-certificate'"/>
      <xsl:with-param name="value">
        <xsl:for-each select="../c:referenced-certificate">
          <fo:block role="P" cx:font-features="tnum"><xsl:call-template name="txt:soft"/></fo:block>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Long additional information stands on a page of its own; page 1 says where. -->
  <xsl:template match="c:additional-information" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="'additional-information'"/>
      <xsl:with-param name="value">
        <xsl:choose>
          <xsl:when test="item:is-long(.)">
            <xsl:variable name="text" select="txt:of('see-page')"/>
            <fo:block role="P">
              <xsl:value-of select="substring-before($text, '{page}')"/>
              <fo:basic-link internal-destination="additional-information">
                <fo:page-number-citation ref-id="additional-information"/>
              </fo:basic-link>
              <xsl:value-of select="substring-after($text, '{page}')"/>
            </fo:block>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:replaces" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="'replaces'"/>
      <xsl:with-param name="value">
        <fo:block role="P" cx:font-features="tnum">
          <xsl:value-of select="txt:fit(txt:put(txt:put(txt:of('replaces-value'), 'date', @date),
                'reference', .), 56)"/>
          <xsl:if test="../c:original-issue-date">
            <xsl:text> · </xsl:text>
            <xsl:value-of select="txt:put(txt:of('original-issue-date-value'), 'date', ../c:original-issue-date)"/>
          </xsl:if>
        </fo:block>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="c:report" mode="face:field">
    <xsl:call-template name="part:field">
      <xsl:with-param name="key" select="'report'"/>
      <xsl:with-param name="value">
        <fo:block role="P" cx:font-features="tnum">
          <fo:inline font-weight="600"><xsl:value-of select="txt:fit(@number, 56)"/></fo:inline>
          <xsl:value-of select="concat(' · ', @date)"/>
          <xsl:if test="@form">
            <xsl:text> · </xsl:text>
            <xsl:value-of select="txt:fit(txt:put(txt:of('report-form'), 'form', @form), 56)"/>
          </xsl:if>
        </fo:block>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== what the pages of this kind know ==== -->

  <xsl:template mode="known" match="c:certificate/c:type | c:certificate/c:manufacturer
      | c:certificate/c:laboratory | c:certificate/c:sites | c:sites/c:site | c:certificate/c:item
      | c:item/c:name | c:item/c:version | c:item/c:coverage | c:item/c:trademark | c:item/c:model
      | c:item/c:component-type | c:item/c:description | c:item/c:diagram | c:diagram/c:alt
      | c:item/c:components | c:components/c:component | c:component/c:label | c:component/c:name
      | c:component/c:version | c:component/c:type | c:component/c:description | c:item/c:excluded
      | c:certificate/c:standards | c:standards/c:standard | c:standard/c:title | c:standard/c:levels
      | c:levels/c:level | c:levels/c:sum | c:level/c:total-reason | c:levels/c:maturity
      | c:maturity/c:count | c:levels/c:security-level-capability | c:security-level-capability/c:fr | c:certificate/c:referenced-certificate
      | c:certificate/c:maturity-level | c:certificate/c:security-level
      | c:certificate/c:additional-information | c:certificate/c:report">
    <xsl:apply-templates select="*" mode="known"/>
  </xsl:template>

  <!-- ==== bookmarks ==== -->

  <xsl:template name="face:_bookmarks">
    <xsl:call-template name="page:bookmark">
      <xsl:with-param name="to" select="'certificate'"/>
      <xsl:with-param name="title" select="concat(txt:of('title'), ' ', $reference)"/>
    </xsl:call-template>
    <xsl:for-each select="c:standards/c:standard[c:levels]">
      <xsl:call-template name="page:bookmark">
        <xsl:with-param name="to"
            select="concat('levels-', count(preceding-sibling::c:standard) + 1)"/>
        <xsl:with-param name="title" select="@dated"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:apply-templates select="c:item" mode="item:bookmarks"/>
    <xsl:apply-templates select="c:standards[c:standard/c:requirements]" mode="req:bookmarks"/>
  </xsl:template>

</xsl:stylesheet>
