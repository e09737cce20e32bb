<?xml version="1.0" encoding="UTF-8"?>
<!-- The only place with defaults of what a caller may set. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <!-- 'yes': the first fault ends the run, which is what xsltproc needs to fail.
       'no': faults are reported and counted by the caller, which then drops the result (cert2fo). -->
  <xsl:param name="stop-at-first" select="'yes'"/>

</xsl:stylesheet>
