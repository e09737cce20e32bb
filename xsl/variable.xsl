<?xml version="1.0" encoding="UTF-8"?>
<!-- Values derived from the certificate, and the measures and colours of every kind of document. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:c="urn:certpress:cert" xmlns:w="urn:certpress:wording" exclude-result-prefixes="c w">

  <xsl:variable name="cert" select="/c:certificate"/>
  <xsl:variable name="kind" select="string($cert/@kind)"/>
  <xsl:variable name="lang" select="string($cert/@lang)"/>
  <xsl:variable name="specimen" select="$cert/@status = 'specimen'"/>
  <xsl:variable name="reference" select="normalize-space($cert/c:reference)"/>
  <!-- The wording of a form changes with its edition (iecee) or era (iecex). -->
  <xsl:variable name="era" select="string($cert/c:form/@era | $cert/c:form/@edition)"/>

  <!-- Part of a file name when it is one word; nothing else may lead to a file. -->
  <xsl:variable name="safe-kind" select="substring($kind, 1, 20 * (translate($kind, './\:%', '') = $kind))"/>
  <xsl:variable name="safe-lang" select="substring($lang, 1, 20 * (translate($lang, './\:%', '') = $lang))"/>
  <xsl:variable name="wording-kind"
      select="document(concat('../templates/', $safe-kind, '/wording.', $safe-lang, '.xml'))/w:wording"/>
  <xsl:variable name="wording-common"
      select="document(concat('../templates/common/wording.', $safe-lang, '.xml'))/w:wording"/>

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
