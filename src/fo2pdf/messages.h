/* Messages of fo2pdf's painter, images, tags and program. The formatter's are in fo_messages.h,
 * below FO-200. Under --lenient those of the structure are warnings. */
#ifndef FO2PDF_MESSAGES_H
#define FO2PDF_MESSAGES_H

/* drawing */
#define FO_DRAWING "FO-200", DIAG_CANNOT, "the drawing library cannot draw the page: %s"
#define FO_GLYPH_MISSING "FO-201", DIAG_ERROR, "no glyph for a character of '%.*s'"
#define FO_EMBED "FO-203", DIAG_CANNOT, "the font '%s' cannot be embedded: no outlines can be had of it"
#define FO_NO_PAGE "FO-202", DIAG_CANNOT, "there is no page %d; the document has %d"
#define FO_VARIABLE_FONT "FO-205", DIAG_CANNOT, \
    "the font '%s' is variable; its instances must be installed as fonts of their own"
#define FO_RASTER_SIZE "FO-204", DIAG_CANNOT, "page %d at %d dpi is too large a picture"

/* graphics */
#define FO_IMAGE_READ "FO-210", DIAG_ERROR, "cannot read the graphic '%s': %s"
#define FO_IMAGE_KIND "FO-211", DIAG_ERROR, \
    "the graphic '%s' is not SVG, PNG or JPEG"
#define FO_IMAGE_DAMAGED "FO-212", DIAG_ERROR, "the graphic '%s' is damaged: %s"
#define FO_IMAGE_CMYK "FO-213", DIAG_ERROR, \
    "the graphic '%s' has %d colour channels; grey (1) and RGB (3) are allowed"
#define FO_IMAGE_LARGE "FO-214", DIAG_ERROR, \
    "the graphic '%s' is %ld by %ld pixels; at most %ld in all are allowed"
#define FO_IMAGE_ADDRESS "FO-215", DIAG_ERROR, \
    "the address '%s' is not a file; graphics are read from files only"
#define FO_IMAGE_NONE "FO-216", DIAG_ERROR, "the graphic has no address"
#define FO_FOREIGN_KIND "FO-217", DIAG_ERROR, \
    "the foreign object '%s' in namespace '%s' is neither SVG nor a QR code"
#define FO_FOREIGN_NONE "FO-218", DIAG_ERROR, "the foreign object is empty"
#define FO_IMAGE_TURNED "FO-219", DIAG_ERROR, \
    "the graphic '%s' wants to be turned (EXIF orientation %d); store it upright"
#define FO_TILES "FO-225", DIAG_ERROR, "the background image '%s' would be repeated %.0f times; %d is the most"

/* SVG */
#define FO_SVG_REFUSED "FO-220", DIAG_ERROR, "%s: %s in SVG is not accepted: it is not drawn as vectors"
#define FO_SVG_REFERENCE "FO-221", DIAG_ERROR, "%s: SVG refers to '%.60s' outside the drawing"
#define FO_SVG_FAMILY "FO-222", DIAG_ERROR, "%s: SVG asks for the font family '%s', which is not installed"
#define FO_SVG_GLYPH "FO-223", DIAG_ERROR, "%s: no font has U+%04X of the SVG text '%.40s'"
#define FO_SVG_SIZE "FO-224", DIAG_ERROR, "%s: SVG has neither a size nor a viewBox"

/* QR codes */
#define FO_QR_LEVEL "FO-230", DIAG_ERROR, "the QR code's level '%s' is not one of L, M, Q, H"
#define FO_QR_TEXT "FO-231", DIAG_ERROR, "the QR code has no text"
#define FO_QR_LONG "FO-232", DIAG_ERROR, "the QR code's text of %zu bytes does not fit at level %s"

/* structure */
#define FO_NO_ALT "FO-240", DIAG_ERROR, \
    "the graphic has no fox:alt-text and is not marked role=\"artifact\""
#define FO_NO_TITLE "FO-241", DIAG_ERROR, "the document has no title (dc:title in fo:declarations, or fo:title)"
#define FO_NO_LANG "FO-242", DIAG_ERROR, "the document has no language (xml:lang at fo:root)"
#define FO_ROLE "FO-243", DIAG_ERROR, "the role '%s' is not a standard structure type"
#define FO_NESTING "FO-244", DIAG_ERROR, "the structure type %s cannot stand in %s"
#define FO_HEADING "FO-245", DIAG_ERROR, "the heading %s follows %s; levels cannot be skipped"
#define FO_DESTINATION "FO-246", DIAG_ERROR, "no object of the document has the id '%s'"
#define FO_PAGES "FO-248", DIAG_CANNOT, "%zu pages were drawn, %d laid out"
#define FO_LINK_ADDRESS "FO-249", DIAG_ERROR, "the link's address '%.60s' is not one that a link can have"
#define FO_PRIVATE_CHARACTER "FO-250", DIAG_ERROR, "U+%04X is a private character; nobody could read it in the archive"

/* the program */
#define FO_ONE_OUTPUT "FO-260", DIAG_CANNOT, "--png, --svg and --area-tree exclude each other"
#define FO_PAGE_OPTION "FO-261", DIAG_CANNOT, "--page counts from 1"
#define FO_ONE_FILE "FO-263", DIAG_CANNOT, "one file at a time, not %d"
#define FO_PAGES_OPTION "FO-264", DIAG_CANNOT, \
    "--pages takes numbers and ranges such as 1,3-5, not '%s'"
#define FO_ONE_PAGE "FO-265", DIAG_CANNOT, "--png and --svg give one page; name it with --page"
#define FO_DPI_OPTION "FO-262", DIAG_CANNOT, "--dpi takes 10 to 1200"
#define FO_KEEP_OPTION "FO-267", DIAG_CANNOT, "--keep takes 0 to 1000000"
#define FO_WATCH_FILES "FO-266", DIAG_CANNOT, "--watch needs a file to watch, and -o FILE"

#endif
