<?xml version="1.0" encoding="UTF-8"?>
<!-- The statement and, never parted from it, the row of issuing body, signature and verification. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:c="urn:certpress:cert"
    xmlns:cx="urn:certpress:fo" xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:qr="urn:certpress:qr" xmlns:sig="urn:certpress:xsl:signature"
    xmlns:org="urn:certpress:xsl:organization" xmlns:part="urn:certpress:xsl:parts"
    xmlns:txt="urn:certpress:xsl:text" exclude-result-prefixes="c sig org part txt qr">

  <!-- STATEMENT are blocks. The whole stays on one page, and with the end of what stands before. -->
  <xsl:template name="sig:close">
    <xsl:param name="statement"/>
    <fo:block role="Div" id="statement" keep-together.within-page="always"
        keep-with-previous.within-page="always" space-before="8pt">
      <xsl:copy-of select="$statement"/>
      <xsl:choose>
        <xsl:when test="$specimen"><xsl:call-template name="sig:_specimen"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="sig:_row"/></xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <xsl:template name="sig:_specimen">
    <fo:block role="P" space-before="12pt" padding-before="8pt" border-before-width="1.2pt"
        border-before-style="solid" border-before-color="{$dark}" font-weight="600" color="#9c1c1c">
      <xsl:value-of select="txt:of('specimen-statement')"/>
      <xsl:call-template name="txt:below">
        <xsl:with-param name="text" select="txt:second('specimen-statement')"/>
        <xsl:with-param name="size" select="'9.6pt'"/>
        <xsl:with-param name="line" select="'12.6pt'"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <xsl:template name="sig:_row">
    <fo:table xsl:use-attribute-sets="layout-table" space-before="8pt" border-before-width="1.2pt"
        border-before-style="solid" border-before-color="{$dark}">
      <fo:table-column column-width="78mm"/>
      <fo:table-column column-width="60mm"/>
      <fo:table-column column-width="32mm"/>
      <fo:table-body role="Div">
        <fo:table-row role="Div" keep-together.within-page="always" height="24mm - 7pt">
          <fo:table-cell role="Div" padding-before="7pt" padding-end="5mm">
            <fo:block role="P" xsl:use-attribute-sets="label">
              <xsl:value-of select="txt:of('issuer-label')"/>
              <xsl:if test="txt:second('issuer-label')">
                <fo:inline xml:lang="{$second-lang}"> · <xsl:value-of select="txt:second('issuer-label')"/></fo:inline>
              </xsl:if>
            </fo:block>
            <xsl:for-each select="$cert/c:issuer">
              <xsl:call-template name="org:block"><xsl:with-param name="long" select="30"/></xsl:call-template>
            </xsl:for-each>
            <xsl:for-each select="$cert/c:issuer/c:accreditation">
              <fo:block role="P" xsl:use-attribute-sets="label" space-before="3pt">
                <xsl:value-of select="txt:fit(txt:put(txt:put(txt:of('accreditation'), 'number',
                      @number), 'body', @body), 40)"/>
              </fo:block>
            </xsl:for-each>
          </fo:table-cell>
          <fo:table-cell role="Div" padding-before="7pt">
            <xsl:call-template name="sig:_room"><xsl:with-param name="height" select="'12mm'"/></xsl:call-template>
            <fo:block role="P" border-before-width="0.6pt" border-before-style="solid"
                border-before-color="{$ink}" padding-before="2pt" font-size="8pt" line-height="11pt"
                color="{$grey}">
              <xsl:value-of select="txt:fit(txt:put(txt:put(txt:of('signature'), 'position',
                    $cert/c:issuer/c:signatory/c:position), 'name', $cert/c:issuer/c:signatory/c:name), 32)"/>
            </fo:block>
            <fo:block role="P" space-before="2pt">
              <fo:inline font-size="8pt" color="{$grey}">
                <xsl:value-of select="txt:of('issue-date')"/>
                <xsl:if test="txt:second('issue-date')">
                  <fo:inline xml:lang="{$second-lang}"> · <xsl:value-of select="txt:second('issue-date')"/></fo:inline>
                </xsl:if>
              </fo:inline>
              <xsl:text>&#xA0; </xsl:text>
              <fo:inline cx:font-features="tnum"><xsl:value-of select="$cert/c:issue-date"/></fo:inline>
            </fo:block>
          </fo:table-cell>
          <fo:table-cell role="Div" padding-before="3pt" text-align="end">
            <xsl:call-template name="sig:_code"/>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- IECEx: approval, signature, notes and the issuing body, which close page 1. -->
  <xsl:template name="sig:approval">
    <fo:block role="Div" id="statement" keep-together.within-page="always"
        keep-with-previous.within-page="always">
      <xsl:choose>
        <xsl:when test="$specimen"><xsl:call-template name="sig:_specimen"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="sig:_approval-row"/></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="sig:_notes"/>
      <xsl:for-each select="$cert/c:issuer">
        <fo:block role="P" xsl:use-attribute-sets="label" space-before="8pt">
          <xsl:value-of select="txt:of('issued-by')"/>
        </fo:block>
        <xsl:call-template name="org:block"/>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template name="sig:_approval-row">
    <fo:table xsl:use-attribute-sets="layout-table" space-before="9pt">
      <fo:table-column column-width="78mm"/>
      <fo:table-column column-width="60mm"/>
      <fo:table-column column-width="32mm"/>
      <fo:table-body role="Div">
        <fo:table-row role="Div" keep-together.within-page="always">
          <fo:table-cell role="Div" padding-end="5mm">
            <fo:block role="P" xsl:use-attribute-sets="label">
              <xsl:value-of select="txt:of('approved')"/>
            </fo:block>
            <fo:block role="P" font-weight="600"><xsl:value-of select="txt:fit($cert/c:issuer/c:signatory/c:name, 30)"/></fo:block>
            <fo:block role="P" xsl:use-attribute-sets="label" space-before="3pt">
              <xsl:value-of select="txt:of('position')"/>
            </fo:block>
            <fo:block role="P"><xsl:value-of select="txt:fit($cert/c:issuer/c:signatory/c:position, 30)"/></fo:block>
          </fo:table-cell>
          <fo:table-cell role="Div">
            <xsl:call-template name="sig:_room"><xsl:with-param name="height" select="'13mm'"/></xsl:call-template>
            <fo:block role="P" border-before-width="0.6pt" border-before-style="solid"
                border-before-color="{$ink}" padding-before="2pt" font-size="8pt" line-height="11pt"
                color="{$grey}"><xsl:value-of select="txt:of('signature-line')"/></fo:block>
            <fo:block role="P" space-before="2pt">
              <fo:inline font-size="8pt" color="{$grey}"><xsl:value-of select="txt:of('approval-date')"/></fo:inline>
              <xsl:text>&#xA0; </xsl:text>
              <fo:inline cx:font-features="tnum"><xsl:value-of select="$cert/c:issue-date"/></fo:inline>
            </fo:block>
          </fo:table-cell>
          <fo:table-cell role="Div" text-align="end">
            <xsl:call-template name="sig:_code"/>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- The three notes of the form; the third speaks of the code where there is one. -->
  <xsl:template name="sig:_notes">
    <fo:list-block space-before="9pt" padding-before="6pt" border-before-width="1.2pt"
        border-before-style="solid" border-before-color="{$dark}" font-size="8pt" line-height="11pt"
        provisional-distance-between-starts="5mm" provisional-label-separation="1mm">
      <xsl:call-template name="sig:_note">
        <xsl:with-param name="n" select="1"/>
        <xsl:with-param name="key" select="'note-1'"/>
      </xsl:call-template>
      <xsl:call-template name="sig:_note">
        <xsl:with-param name="n" select="2"/>
        <xsl:with-param name="key" select="'note-2'"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="$cert/c:issuer/c:verify and not($specimen)">
          <xsl:call-template name="sig:_note">
            <xsl:with-param name="n" select="3"/>
            <xsl:with-param name="key" select="'note-3-code'"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="sig:_note">
            <xsl:with-param name="n" select="3"/>
            <xsl:with-param name="key" select="'note-3'"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </fo:list-block>
  </xsl:template>

  <xsl:template name="sig:_note">
    <xsl:param name="n"/>
    <xsl:param name="key"/>
    <fo:list-item>
      <fo:list-item-label end-indent="label-end()">
        <fo:block><xsl:value-of select="concat($n, '.')"/></fo:block>
      </fo:list-item-label>
      <fo:list-item-body start-indent="body-start()">
        <fo:block><xsl:value-of select="txt:of($key)"/></fo:block>
      </fo:list-item-body>
    </fo:list-item>
  </xsl:template>

  <!-- Above the line is room for a signature by hand, or, when the body's wording has the words 'seal',
       for what the electronic seal looks like: pdfsign puts its field over the figure of that name. -->
  <xsl:template name="sig:_room">
    <xsl:param name="height"/>
    <xsl:variable name="words" select="$cert/c:wording/c:text[@key = 'seal']"/>
    <fo:block-container role="Div" height="{$height}">
      <xsl:choose>
        <xsl:when test="$words">
          <fo:block font-size="1pt" line-height="1pt">
            <fo:instream-foreign-object id="seal" content-width="8mm" content-height="8mm"
                fox:alt-text="{normalize-space($words)}">
              <svg:svg xmlns:svg="http://www.w3.org/2000/svg" viewBox="0 0 36 36" width="36" height="36">
                <svg:circle cx="18" cy="18" r="17" fill="none" stroke="{$dark}" stroke-width="1.4"/>
                <svg:circle cx="18" cy="18" r="13.5" fill="none" stroke="{$dark}" stroke-width="0.6"/>
                <svg:path d="M10.5 18.5 L16 24 L26 12.5" fill="none" stroke="{$dark}" stroke-width="2.4"/>
              </svg:svg>
            </fo:instream-foreign-object>
          </fo:block>
          <fo:block role="P" font-size="6.5pt" line-height="8pt" color="{$grey}">
            <xsl:value-of select="normalize-space($words)"/>
          </fo:block>
        </xsl:when>
        <xsl:otherwise><fo:block/></xsl:otherwise>
      </xsl:choose>
    </fo:block-container>
  </xsl:template>

  <!-- The address where the certificate can be verified, as a QR code. -->
  <xsl:template name="sig:_code">
    <xsl:variable name="verify" select="$cert/c:issuer/c:verify"/>
    <xsl:choose>
      <xsl:when test="$verify">
        <!-- The quiet zone of the code reaches over the edge of the column, the code does not. -->
        <fo:block font-size="1pt" line-height="1pt" end-indent="-2.2mm">
          <fo:instream-foreign-object content-width="23mm" content-height="23mm"
              fox:alt-text="{txt:put(txt:of('verify-alt'), 'address', $verify)}">
            <qr:code level="M"><xsl:value-of select="$verify"/></qr:code>
          </fo:instream-foreign-object>
        </fo:block>
      </xsl:when>
      <xsl:otherwise><fo:block/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
