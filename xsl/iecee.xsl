<?xml version="1.0" encoding="UTF-8"?>
<!-- IECEE industrial cyber security certificates of conformity (OD 2037). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="modules/unhandled.xsl"/>
  <xsl:include href="param.xsl"/>
  <xsl:include href="variable.xsl"/>
  <xsl:include href="modules/errors.xsl"/>
  <xsl:include href="modules/known.xsl"/>
  <xsl:include href="modules/text.xsl"/>
  <xsl:include href="modules/organization.xsl"/>
  <xsl:include href="modules/page.xsl"/>
  <xsl:include href="modules/parts.xsl"/>
  <xsl:include href="modules/levels.xsl"/>
  <xsl:include href="modules/levels-notes.xsl"/>
  <xsl:include href="modules/signature.xsl"/>
  <xsl:include href="modules/iecee-face.xsl"/>
  <xsl:include href="modules/iecee-item.xsl"/>
  <xsl:include href="modules/iecee-requirements.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
</xsl:stylesheet>
