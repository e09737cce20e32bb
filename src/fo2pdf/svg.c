/* SVG: what may stand in it, and drawing it. */
#include "svg.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <strings.h>

#include "messages.h"
#include "strbuf.h"
#include "xmlx.h"

#define SVG_NS "http://www.w3.org/2000/svg"

struct check {
    const char *label;
    const struct svg_use *use;
    const struct diag_place *place;
    struct diag *d;
    int bad;
    int sheet_family; /* a style sheet inside sets families, so that they cannot be followed */
    int no_family;    /* some text has none */
};

/* The drawing's name with the line of NODE in it. */
static const char *where(const struct check *c, const xmlNode *node, char space[300])
{
    snprintf(space, 300, "%.250s:%ld", c->label, xmlGetLineNo(node));
    return space;
}

static void refuse(struct check *c, const xmlNode *node, const char *what)
{
    char space[300];

    c->bad = diag_at(c->d, c->place, FO_SVG_REFUSED, where(c, node, space), what);
}

static void refuse_reference(struct check *c, const xmlNode *node, const char *to)
{
    char space[300];

    c->bad = diag_at(c->d, c->place, FO_SVG_REFERENCE, where(c, node, space), to);
}

/* Reports what the closed fonts lack. */
static void lacking(struct check *c, const char *id, enum diag_level level, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    diag_vat(c->d, c->place, id, c->use->lenient ? DIAG_WARNING : level, format, ap);
    va_end(ap);
    if (!c->use->lenient)
        c->bad = -1;
}

/* ---- fonts --------------------------------------------------------------------------------- */

/* Calls FOUND for every installed font until it says yes. */
static int any_font(FcConfig *config, int (*found)(FcPattern *font, const void *what),
                    const void *what)
{
    static const FcSetName sets[] = { FcSetSystem, FcSetApplication };

    for (size_t s = 0; config && s < 2; s++) {
        FcFontSet *fonts = FcConfigGetFonts(config, sets[s]);

        for (int i = 0; fonts && i < fonts->nfont; i++)
            if (found(fonts->fonts[i], what))
                return 1;
    }
    return 0;
}

static int has_family(FcPattern *font, const void *what)
{
    FcChar8 *name;

    for (int i = 0; FcPatternGetString(font, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (!strcasecmp((const char *)name, what))
            return 1;
    return 0;
}

static int has_char(FcPattern *font, const void *what)
{
    FcCharSet *set;

    return FcPatternGetCharSet(font, FC_CHARSET, 0, &set) == FcResultMatch
        && FcCharSetHasChar(set, *(const FcChar32 *)what);
}

/* The configuration may say which family another name stands for. */
static int is_alias(FcConfig *config, const char *name)
{
    FcPattern *p = config ? FcPatternBuild(NULL, FC_FAMILY, FcTypeString, name, NULL) : NULL;
    FcChar8 *real;
    int is;

    if (!p)
        return 0;
    FcConfigSubstitute(config, p, FcMatchPattern);
    is = FcPatternGetString(p, FC_FAMILY, 0, &real) == FcResultMatch &&
         strcasecmp((const char *)real, name) && any_font(config, has_family, real);
    FcPatternDestroy(p);
    return is;
}

/* One of the comma-separated families must be installed. N bytes of LIST. */
static void check_families(struct check *c, const xmlNode *node, const char *list, size_t n)
{
    char name[128], space[300], shown[64];
    const char *end = list + n;

    for (const char *at = list; at < end;) {
        size_t len = strcspn(at, ",");
        const char *next;

        if (at + len > end)
            len = (size_t)(end - at);
        next = at + len + 1;
        while (len && strchr(" \t\r\n'\"", *at))
            at++, len--;
        while (len && strchr(" \t\r\n'\"", at[len - 1]))
            len--;
        if (len && len < sizeof name) {
            memcpy(name, at, len);
            name[len] = '\0';
            /* sans-serif is what the configuration falls back to */
            if (any_font(c->use->config, has_family, name) || !strcmp(name, "inherit")
                || (!strcmp(name, "sans-serif") && c->use->config)
                || is_alias(c->use->config, name))
                return;
        }
        at = next;
    }
    snprintf(shown, sizeof shown, "%.*s", (int)(n < 60 ? n : 60), list);
    lacking(c, FO_SVG_FAMILY, where(c, node, space), shown);
}

/* White space and characters that only steer need no glyph. */
static int invisible(gunichar ch)
{
    return ch <= ' ' || ch == 0x7f || g_unichar_isspace(ch) || g_unichar_iszerowidth(ch)
        || g_unichar_type(ch) == G_UNICODE_CONTROL || g_unichar_type(ch) == G_UNICODE_FORMAT;
}

static void check_text(struct check *c, const xmlNode *node, const char *text)
{
    char space[300];

    if (!g_utf8_validate(text, -1, NULL))
        return;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        FcChar32 ch = g_utf8_get_char(at);

        if (!invisible(ch) && !any_font(c->use->config, has_char, &ch)) {
            lacking(c, FO_SVG_GLYPH, where(c, node, space), (unsigned)ch, text);
            return;
        }
    }
}

/* ---- style declarations -------------------------------------------------------------------- */

static int is_name_char(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9')
        || ch == '-' || ch == '_';
}

/* The value of the declarations of PROPERTY in CSS from *AT on, with its length; NULL: no more. */
static const char *declaration(const char **at, const char *property, size_t *n)
{
    size_t len = strlen(property);

    for (const char *p = *at; (p = strcasestr(p, property)); p++) {
        const char *value = p + len;

        value += strspn(value, " \t\r\n");
        if (*value != ':' || (p > *at && is_name_char(p[-1])))
            continue;
        value++;
        value += strspn(value, " \t\r\n");
        *n = strcspn(value, ";}");
        *at = value + *n;
        return value;
    }
    return NULL;
}

static void check_property(struct check *c, const xmlNode *node, const char *css,
                           const char *property)
{
    const char *value, *at = css;
    size_t n;

    while ((value = declaration(&at, property, &n)))
        if (!(n >= 4 && !strncasecmp(value, "none", 4)))
            refuse(c, node, property);
}

/* Every url(...) must point into the drawing. */
static void check_urls(struct check *c, const xmlNode *node, const char *css)
{
    for (const char *p = css; (p = strcasestr(p, "url")); p += 3) {
        const char *to = p + 3 + strspn(p + 3, " \t\r\n");

        if (*to != '(')
            continue;
        to++;
        to += strspn(to, " \t\r\n'\"");
        if (*to != '#')
            refuse_reference(c, node, to);
    }
}

/* Returns true when CSS sets a font family. */
static int check_css(struct check *c, const xmlNode *node, const char *css)
{
    const char *value, *at = css;
    int families = 0;
    size_t n;

    check_property(c, node, css, "filter");
    check_property(c, node, css, "mask");
    check_property(c, node, css, "font");
    check_urls(c, node, css);
    if (strchr(css, '\\') || strstr(css, "/*"))
        refuse(c, node, "style with escapes or comments");
    if (strcasestr(css, "@import"))
        refuse_reference(c, node, "@import");
    while ((value = declaration(&at, "font-family", &n))) {
        check_families(c, node, value, n);
        families = 1;
    }
    return families;
}

/* ---- elements ------------------------------------------------------------------------------ */

static int is_refused_element(const char *name)
{
    static const char *const refused[] = {
        "filter", "mask", "foreignObject", "script", "animate", "animateMotion", "animateTransform",
        "set", "discard", "a", "iframe", "video", "audio", "canvas", "font", "cursor",
    };

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (!strcmp(name, refused[i]))
            return 1;
    return 0;
}

static void check_href(struct check *c, const xmlNode *node, const char *to)
{
    int image = !strcmp((const char *)node->name, "image");

    to += strspn(to, " \t\r\n");
    if (*to == '#')
        return;
    if (image && (!strncmp(to, "data:image/png;", 15) || !strncmp(to, "data:image/jpeg;", 16)))
        return;
    refuse_reference(c, node, to);
}

/* Returns true when the attributes of NODE set a font family. */
static int check_attributes(struct check *c, const xmlNode *node)
{
    int families = 0;

    for (const xmlAttr *a = node->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        const char *value = a->children && a->children->content
            ? (const char *)a->children->content : "";

        if (!strcmp(name, "href"))
            check_href(c, node, value);
        else if ((!strcmp(name, "filter") || !strcmp(name, "mask")) && strcmp(value, "none"))
            refuse(c, node, name);
        else if (!strcmp(name, "style"))
            families |= check_css(c, node, value);
        else if (!strcmp(name, "font-family"))
            check_families(c, node, value, strlen(value)), families = 1;
        else if (!strncasecmp(name, "on", 2))
            refuse(c, node, name);
        else
            check_urls(c, node, value);
    }
    return families;
}

static void check_element(struct check *c, const xmlNode *node, int family, int in_text);

static void check_children(struct check *c, const xmlNode *node, int family, int in_text)
{
    for (const xmlNode *kid = node->children; kid; kid = kid->next) {
        if (kid->type == XML_ELEMENT_NODE)
            check_element(c, kid, family, in_text);
        else if (kid->type == XML_PI_NODE)
            refuse(c, kid, "processing instruction");
        else if (kid->type == XML_ENTITY_REF_NODE)
            refuse(c, kid, "entity");
        else if (in_text && kid->content
                 && (kid->type == XML_TEXT_NODE || kid->type == XML_CDATA_SECTION_NODE))
            check_text(c, node, (const char *)kid->content);
    }
}

static void check_element(struct check *c, const xmlNode *node, int family, int in_text)
{
    const char *name = (const char *)node->name;
    char space[300];

    /* what editors keep for themselves is not drawn */
    if (!node->ns || strcmp((const char *)node->ns->href, SVG_NS) || !strcmp(name, "metadata")
        || !strcmp(name, "title") || !strcmp(name, "desc"))
        return;
    if (is_refused_element(name)) {
        refuse(c, node, name);
        return;
    }
    family |= check_attributes(c, node);
    if (!strcmp(name, "style")) {
        char *css = xmlx_text(node);

        c->sheet_family |= check_css(c, node, css);
        free(css);
        return;
    }
    if (!strcmp(name, "text") && !family && !c->sheet_family) {
        c->no_family = 1;
        lacking(c, FO_SVG_FAMILY, where(c, node, space), "(none given)");
    }
    check_children(c, node, family, in_text || !strcmp(name, "text"));
}

/* ---- loading and drawing ------------------------------------------------------------------- */

static const char *first_line(const GError *error, char space[200])
{
    snprintf(space, 200, "%.*s", (int)strcspn(error->message, "\r\n"), error->message);
    return space;
}

static int measure(struct svg *svg, const struct svg_use *use)
{
    RsvgRectangle box;
    gboolean has_width, has_height, has_box;
    RsvgLength width, height;

    if (rsvg_handle_get_intrinsic_size_in_pixels(svg->handle, &svg->width, &svg->height))
        return svg->width > 0 && svg->height > 0 ? 0 : -1;
    rsvg_handle_get_intrinsic_dimensions(svg->handle, &has_width, &width, &has_height, &height,
                                         &has_box, &box);
    svg->width = has_box ? box.width : use->width;
    svg->height = has_box ? box.height : use->height;
    return svg->width > 0 && svg->height > 0 ? 0 : -1;
}

/* Text without a family is set as it is in XSL-FO, not as librsvg would. */
static int give_family(RsvgHandle *handle, GError **error)
{
    static const char css[] = ":root { font-family: sans-serif }";

    return rsvg_handle_set_stylesheet(handle, (const guint8 *)css, sizeof css - 1, error) ? 0 : -1;
}

int svg_load(struct svg *svg, const void *bytes, size_t n, const xmlNode *root, const char *label,
             const struct svg_use *use, const struct diag_place *place, struct diag *d)
{
    struct check c = { label, use, place, d, 0, 0, 0 };
    GError *error = NULL;
    char space[200];

    memset(svg, 0, sizeof *svg);
    check_element(&c, root, 0, 0);
    if (c.bad)
        return -1;
    svg->handle = rsvg_handle_new_from_data(bytes, n, &error);
    if (!svg->handle || (c.no_family && give_family(svg->handle, &error))) {
        diag_at(d, place, FO_IMAGE_DAMAGED, label, first_line(error, space));
        g_error_free(error);
        svg_release(svg);
        return -1;
    }
    rsvg_handle_set_dpi(svg->handle, 72);
    if (measure(svg, use)) {
        svg_release(svg);
        return diag_at(d, place, FO_SVG_SIZE, label);
    }
    return 0;
}

void svg_release(struct svg *svg)
{
    if (svg->handle)
        g_object_unref(svg->handle);
    svg->handle = NULL;
}

int svg_draw(const struct svg *svg, cairo_t *cr, double x, double y, double width, double height,
             PangoFontMap *map, const char *label, const struct diag_place *place, struct diag *d)
{
    RsvgRectangle viewport = { 0, 0, svg->width, svg->height };
    GError *error = NULL;
    char space[200];

    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, width / svg->width, height / svg->height);
    /* librsvg takes its fonts from the thread's default map */
    if (map)
        pango_cairo_font_map_set_default(PANGO_CAIRO_FONT_MAP(map));
    rsvg_handle_render_document(svg->handle, cr, &viewport, &error);
    if (map)
        pango_cairo_font_map_set_default(NULL);
    cairo_restore(cr);
    if (!error)
        return 0;
    diag_at(d, place, FO_IMAGE_DAMAGED, label, first_line(error, space));
    g_error_free(error);
    return -1;
}
