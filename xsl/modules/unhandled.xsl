<?xml version="1.0" encoding="UTF-8"?>
<!-- What nothing else takes is a fault, in every mode in use: the built-in templates would print
     the text of an unknown element on a certificate. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:err="urn:certpress:xsl:errors" exclude-result-prefixes="err">

  <xsl:template match="*" priority="-10">
    <xsl:call-template name="err:unhandled"/>
  </xsl:template>

  <xsl:template match="text()" priority="-10"/>

</xsl:stylesheet>
