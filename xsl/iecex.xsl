<?xml version="1.0" encoding="UTF-8"?>
<!-- IECEx Certificates of Conformity with their cyber-security annex. -->
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
  <xsl:include href="modules/iecex-face.xsl"/>
  <xsl:include href="modules/iecex-schedule.xsl"/>
  <xsl:include href="modules/iecex-annex.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
</xsl:stylesheet>
