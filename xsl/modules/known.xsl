<?xml version="1.0" encoding="UTF-8"?>
<!-- A certificate is printed whole or not at all. Pages pick what they show; this walk over the
     certificate makes sure that nothing stands in it that no page knows, and that what every
     document of a kind must show is there. A kind's own elements are listed beside its pages. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:c="urn:certpress:cert" xmlns:w="urn:certpress:wording" xmlns:known="urn:certpress:xsl:known"
    xmlns:err="urn:certpress:xsl:errors" xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="c w known err str">

  <!-- The context node is the certificate; REQUIRED are names of children, set off by spaces. -->
  <xsl:template name="known:check">
    <xsl:param name="required"/>
    <xsl:variable name="certificate" select="."/>
    <xsl:for-each select="str:tokenize(concat('reference issue-date ', $required,
        substring(' issuer', 1, 7 * (not($specimen)))), ' ')">
      <xsl:variable name="name" select="string(.)"/>
      <xsl:for-each select="$certificate[not(*[local-name() = $name])]">
        <xsl:call-template name="err:missing">
          <xsl:with-param name="name" select="$name"/>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
    <xsl:if test="not($wording-kind and $wording-common)">
      <xsl:call-template name="err:no-wording">
        <xsl:with-param name="lang" select="$lang"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:apply-templates select="*" mode="known"/>
  </xsl:template>

  <xsl:template match="*" mode="known">
    <xsl:call-template name="err:unhandled"/>
  </xsl:template>

  <xsl:template mode="known" match="c:certificate/c:name | c:certificate/c:reference
      | c:certificate/c:issue-date | c:certificate/c:decision-date | c:certificate/c:original-issue-date
      | c:certificate/c:expiry-date | c:certificate/c:replaces | c:certificate/c:form
      | c:certificate/c:wording | c:certificate/c:issuer | c:issuer/c:signatory | c:signatory/c:name
      | c:signatory/c:position | c:issuer/c:mark | c:issuer/c:accreditation | c:issuer/c:verify
      | c:certificate/c:applicant | c:name[../c:country] | c:street | c:postcode | c:city | c:country | c:p">
    <xsl:apply-templates select="*" mode="known"/>
  </xsl:template>

  <!-- A text of the issuing body's own that replaces none would never be printed. -->
  <xsl:template match="c:wording/c:text" mode="known">
    <xsl:if test="not(($wording-kind | $wording-common)/w:text[@key = current()/@key])">
      <xsl:call-template name="err:no-such-word">
        <xsl:with-param name="key" select="@key"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
