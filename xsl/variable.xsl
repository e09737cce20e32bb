<?xml version="1.0" encoding="UTF-8"?>
<!-- Values derived from the certificate, and the measures and colours of every kind of document. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:c="urn:certpress:cert" xmlns:txt="urn:certpress:xsl:text" exclude-result-prefixes="c txt">

  <xsl:variable name="cert" select="/c:certificate"/>
  <xsl:variable name="kind" select="string($cert/@kind)"/>
  <xsl:variable name="lang" select="string($cert/@lang)"/>
  <!-- The language of the words beside them, on forms in two languages. -->
  <xsl:variable name="second-lang" select="string($cert/c:form/@second-lang)"/>
  <xsl:variable name="specimen" select="$cert/@status = 'specimen'"/>
  <xsl:variable name="reference" select="normalize-space($cert/c:reference)"/>
  <!-- The wording of a form changes with its edition (iecee) or era (iecex). -->
  <xsl:variable name="era" select="string($cert/c:form/@era | $cert/c:form/@edition)"/>

  <xsl:variable name="wording-kind" select="txt:wording($kind, $lang)"/>
  <xsl:variable name="wording-common" select="txt:wording('common', $lang)"/>
  <xsl:variable name="second-kind" select="txt:wording($kind, $second-lang)"/>
  <xsl:variable name="second-common" select="txt:wording('common', $second-lang)"/>

  <!-- Colours: one dark for structure, one grey for labels, hairlines, and the bars' three. -->
  <xsl:variable name="dark" select="'#12355b'"/>
  <xsl:variable name="ink" select="'#111111'"/>
  <xsl:variable name="grey" select="'#555555'"/>
  <xsl:variable name="hair" select="'#c4cad1'"/>
  <xsl:variable name="bar-passed" select="'#2f7391'"/>
  <xsl:variable name="bar-not-applicable" select="'#a7c2cf'"/>
  <xsl:variable name="bar-rest" select="'#e3e8ee'"/>

  <!-- The one family; for characters it lacks, fonts.conf falls back by language. -->
  <xsl:variable name="family" select="'Source Sans 3'"/>

</xsl:stylesheet>
