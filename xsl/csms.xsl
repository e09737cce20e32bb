<?xml version="1.0" encoding="UTF-8"?>
<!-- Certificates of cyber security management systems (IEC 62443-2-1) with their Statement of
     Applicability. -->
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
  <xsl:include href="modules/signature.xsl"/>
  <xsl:include href="modules/csms-face.xsl"/>
  <xsl:include href="modules/csms-applicability.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
</xsl:stylesheet>
