/* The cache of graphics. */
#include "image.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "alloc.h"
#include "messages.h"
#include "pdf.h"
#include "qr.h"
#include "raster.h"
#include "strbuf.h"
#include "style.h"
#include "svg.h"
#include "xmlx.h"

enum {
    FILES_KEPT = 64,              /* files kept from document to document */
    MODULE_MPT = 2835,            /* 1 mm */
    SIZE_MAX_MPT = 100 * 1000000, /* a natural size beyond this is no picture for a page */
};

enum image_kind { IMAGE_SVG, IMAGE_RASTER, IMAGE_MASK };

struct image {
    enum image_kind kind;
    mpt width, height;
    struct svg svg;
    cairo_surface_t *surface;
    char *label;
};

struct file {
    char *path;
    off_t size;
    struct timespec changed;
    long generation;              /* the document it was last looked at for */
    struct image *image;
    struct pdf *drawn;            /* what images_drawn keeps */
};

struct foreign {
    const xmlNode *node;
    struct image *image;
};

struct images {
    PangoFontMap *map;
    FcConfig *config;
    const char *base, *fo_name;
    int lenient;
    long generation;
    struct file *files;
    int files_n, files_cap;
    struct foreign *foreigns;
    int foreigns_n, foreigns_cap;
};

struct images *images_new(PangoFontMap *map, FcConfig *config)
{
    struct images *images = xcalloc(1, sizeof *images);

    images->map = map;
    images->config = config;
    images->base = "";
    return images;
}

static void image_free(struct image *image)
{
    if (!image)
        return;
    svg_release(&image->svg);
    cairo_surface_destroy(image->surface);
    free(image->label);
    free(image);
}

static void forget_files(struct images *images)
{
    for (int i = 0; i < images->files_n; i++) {
        image_free(images->files[i].image);
        pdf_free(images->files[i].drawn);
        free(images->files[i].path);
    }
    images->files_n = 0;
}

void images_free(struct images *images)
{
    if (!images)
        return;
    images_end_document(images);
    forget_files(images);
    free(images->files);
    free(images->foreigns);
    free(images);
}

void images_begin_document(struct images *images, const char *base, const char *fo_name,
                           int lenient)
{
    if (lenient != images->lenient)
        forget_files(images);
    images->lenient = lenient;
    images->base = base ? base : "";
    images->fo_name = fo_name;
    images->generation++;
}

void images_end_document(struct images *images)
{
    for (int i = 0; i < images->foreigns_n; i++)
        image_free(images->foreigns[i].image);
    images->foreigns_n = 0;
    if (images->files_n > FILES_KEPT)
        forget_files(images);
    images->base = "";
    images->fo_name = NULL;
}

/* ---- loading ------------------------------------------------------------------------------- */

static struct diag_place place_of(const struct images *images, const struct fo_node *node)
{
    return (struct diag_place){ .file = images->fo_name, .line = node->line };
}

static mpt to_mpt(double points)
{
    double m = points * 1000 + 0.5;

    return m > SIZE_MAX_MPT ? SIZE_MAX_MPT : m < 1 ? 1 : (mpt)m;
}

/* The first of two that is a plain length, in points; 0: neither is. */
static double plain_length(const struct fo_length *a, const struct fo_length *b)
{
    const struct fo_length *l = a->keyword || a->pct != 0 ? b : a;

    return l->keyword || l->pct != 0 || l->v <= 0 ? 0 : l->v / 1000.;
}

/* NODE: whose style has the size of the drawing's viewport, or NULL. */
static struct image *load_svg(struct images *images, const struct strbuf *bytes, const char *label,
                              const xmlNode *root, const struct fo_node *node,
                              const struct diag_place *place, struct diag *d)
{
    struct image *image = xcalloc(1, sizeof *image);
    const struct style_size *size = node && node->style ? node->style->size : NULL;
    struct svg_use use = { .config = images->config, .lenient = images->lenient };

    if (size) {
        use.width = plain_length(&size->content_width, &size->ipd.opt);
        use.height = plain_length(&size->content_height, &size->bpd.opt);
    }
    image->kind = IMAGE_SVG;
    image->label = xstrdup(label);
    if (svg_load(&image->svg, bytes->buf, bytes->len, root, label, &use, place, d)) {
        image_free(image);
        return NULL;
    }
    image->width = to_mpt(image->svg.width);
    image->height = to_mpt(image->svg.height);
    return image;
}

static struct image *load_svg_file(struct images *images, const struct strbuf *bytes,
                                   const char *path, const struct diag_place *place, struct diag *d)
{
    xmlDoc *doc = xmlx_parse(bytes->buf, bytes->len, path, d);
    struct image *image = NULL;

    if (!doc)
        return NULL;
    if (xmlx_is(xmlDocGetRootElement(doc), "http://www.w3.org/2000/svg", "svg")) {
        const xmlNode *beside = doc->children;

        while (beside && beside->type != XML_PI_NODE)
            beside = beside->next;
        if (beside)
            diag_at(d, place, FO_SVG_REFUSED, path, "a processing instruction");
        else
            image = load_svg(images, bytes, path, xmlDocGetRootElement(doc), NULL, place, d);
    } else {
        diag_at(d, place, FO_IMAGE_KIND, path);
    }
    xmlFreeDoc(doc);
    return image;
}

static struct image *load_raster(const struct strbuf *bytes, const char *path,
                                 const struct diag_place *place, struct diag *d)
{
    struct image *image;
    struct raster r;

    if (raster_load(&r, bytes->buf, bytes->len, path, place, d))
        return NULL;
    image = xcalloc(1, sizeof *image);
    image->kind = IMAGE_RASTER;
    image->label = xstrdup(path);
    image->surface = r.surface;
    image->width = to_mpt(r.width);
    image->height = to_mpt(r.height);
    return image;
}

static int looks_like_xml(const struct strbuf *bytes)
{
    const char *at = bytes->buf;

    if (bytes->len >= 3 && !memcmp(at, "\xef\xbb\xbf", 3))
        at += 3;
    at += strspn(at, " \t\r\n");
    return *at == '<';
}

static struct image *load_file(struct images *images, const char *path,
                               const struct diag_place *place, struct diag *d)
{
    struct strbuf bytes = STRBUF_INIT;
    struct image *image = NULL;

    if (strbuf_read_file(&bytes, path, XMLX_MAX_SIZE))
        diag_at(d, place, FO_IMAGE_READ, path, strerror(errno));
    else if (raster_kind(bytes.buf, bytes.len) != RASTER_NONE)
        image = load_raster(&bytes, path, place, d);
    else if (looks_like_xml(&bytes))
        image = load_svg_file(images, &bytes, path, place, d);
    else
        diag_at(d, place, FO_IMAGE_KIND, path);
    strbuf_release(&bytes);
    return image;
}

/* ---- files --------------------------------------------------------------------------------- */

/* The path of ADDRESS; new. NULL after reporting. */
static char *path_of(const struct images *images, const char *address,
                     const struct diag_place *place, struct diag *d)
{
    const char *path = address;
    size_t scheme = strspn(address, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    if (!*address) {
        diag_at(d, place, FO_IMAGE_NONE);
        return NULL;
    }
    if (!strncasecmp(address, "file:", 5)) {
        path = address + 5;
        if (!strncmp(path, "//", 2))
            path += 2;
    } else if (scheme > 1 && address[scheme] == ':') {
        diag_at(d, place, FO_IMAGE_ADDRESS, address);
        return NULL;
    }
    if (*path == '/' || !*images->base)
        return xstrdup(path);
    return xasprintf("%s/%s", images->base, path);
}

static struct file *find_file(struct images *images, const char *path)
{
    for (int i = 0; i < images->files_n; i++)
        if (!strcmp(images->files[i].path, path))
            return &images->files[i];
    return NULL;
}

static int is_current(const struct file *file, const struct stat *st)
{
    return file->size == st->st_size && file->changed.tv_sec == st->st_mtim.tv_sec
        && file->changed.tv_nsec == st->st_mtim.tv_nsec;
}

/* Within a document a file is what it was when it was first looked at. */
static const struct image *file_image(struct images *images, const char *path,
                                      const struct diag_place *place, struct diag *d)
{
    struct file *file = find_file(images, path);
    struct image *image;
    struct stat st;

    if (file && file->generation == images->generation)
        return file->image;
    if (stat(path, &st)) {
        diag_at(d, place, FO_IMAGE_READ, path, strerror(errno));
        return NULL;
    }
    if (file && is_current(file, &st)) {
        file->generation = images->generation;
        return file->image;
    }
    image = load_file(images, path, place, d);
    if (!image)
        return NULL;
    if (file) {
        image_free(file->image);
        pdf_free(file->drawn);
    } else {
        ALLOC_GROW(images->files, images->files_n, images->files_cap);
        file = &images->files[images->files_n++];
        file->path = xstrdup(path);
    }
    file->image = image;
    file->drawn = NULL;
    file->size = st.st_size;
    file->changed = st.st_mtim;
    file->generation = images->generation;
    return image;
}

struct pdf **images_drawn(struct images *images, const struct image *image)
{
    for (int i = 0; i < images->files_n; i++)
        if (images->files[i].image == image)
            return &images->files[i].drawn;
    return NULL;
}

const struct image *images_at(struct images *images, const char *address,
                              const struct fo_node *node, struct diag *d)
{
    struct diag_place place = place_of(images, node);
    char *path = path_of(images, address, &place, d);
    const struct image *image;

    if (!path)
        return NULL;
    image = file_image(images, path, &place, d);
    free(path);
    return image;
}

/* ---- foreign objects ----------------------------------------------------------------------- */

static struct image *load_qr(const xmlNode *node, const struct diag_place *place, struct diag *d)
{
    cairo_surface_t *mask = qr_make(node, place, d);
    struct image *image;

    if (!mask)
        return NULL;
    image = xcalloc(1, sizeof *image);
    image->kind = IMAGE_MASK;
    image->label = xstrdup("QR code");
    image->surface = mask;
    image->width = cairo_image_surface_get_width(mask) * MODULE_MPT;
    image->height = cairo_image_surface_get_height(mask) * MODULE_MPT;
    return image;
}

/* A drawing inside the document, as a document of its own so that its namespaces come with it. */
static struct image *load_inline_svg(struct images *images, const struct fo_node *node,
                                     const struct diag_place *place, struct diag *d)
{
    xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
    xmlNode *copy = xmlDocCopyNode(node->facts->foreign, doc, 1);
    struct strbuf bytes = STRBUF_INIT;
    struct image *image;

    xmlDocSetRootElement(doc, copy);
    xmlReconciliateNs(doc, copy);
    xmlx_serialize(doc, 0, &bytes);
    image = load_svg(images, &bytes, images->fo_name ? images->fo_name : "drawing",
                     node->facts->foreign, node, place, d);
    strbuf_release(&bytes);
    xmlFreeDoc(doc);
    return image;
}

static struct image *load_foreign(struct images *images, const struct fo_node *node, struct diag *d)
{
    struct diag_place place = place_of(images, node);
    xmlNode *element = node->facts->foreign;
    const char *ns;

    if (!element) {
        diag_at(d, &place, FO_FOREIGN_NONE);
        return NULL;
    }
    ns = element->ns && element->ns->href ? (const char *)element->ns->href : "";
    if (xmlx_is(element, QR_NS, "code"))
        return load_qr(element, &place, d);
    if (xmlx_is(element, "http://www.w3.org/2000/svg", "svg"))
        return load_inline_svg(images, node, &place, d);
    diag_at(d, &place, FO_FOREIGN_KIND, (const char *)element->name, ns);
    return NULL;
}

static const struct image *foreign_image(struct images *images, const struct fo_node *node,
                                         struct diag *d)
{
    struct image *image;

    for (int i = images->foreigns_n - 1; i >= 0; i--)
        if (images->foreigns[i].node == node->facts->foreign)
            return images->foreigns[i].image;
    image = load_foreign(images, node, d);
    if (!image)
        return NULL;
    ALLOC_GROW(images->foreigns, images->foreigns_n, images->foreigns_cap);
    images->foreigns[images->foreigns_n++] = (struct foreign){ node->facts->foreign, image };
    return image;
}

const struct image *images_of(struct images *images, const struct fo_node *node, struct diag *d)
{
    if (node->kind == FO_INSTREAM_FOREIGN_OBJECT)
        return foreign_image(images, node, d);
    return images_at(images, node->facts->src ? node->facts->src : "", node, d);
}

cairo_surface_t *image_mask(const struct image *image)
{
    return image->kind == IMAGE_MASK ? image->surface : NULL;
}

void image_size(const struct image *image, mpt *width, mpt *height)
{
    *width = image->width;
    *height = image->height;
}

int images_measure(void *arg, const struct fo_node *node, mpt *width, mpt *height, struct diag *d)
{
    const struct image *image = images_of(arg, node, d);

    if (!image)
        return -1;
    image_size(image, width, height);
    return 0;
}

/* ---- drawing ------------------------------------------------------------------------------- */

/* Pictures in a PDF must not ask for interpolation (ISO 19005-3, 6.2.8), which cairo takes from the
 * filter; pictures on a raster look better with it. */
static void draw_surface(const struct image *image, cairo_t *cr, double x, double y, double width,
                         double height, int pixels)
{
    int mask = image->kind == IMAGE_MASK;
    int w = cairo_image_surface_get_width(image->surface);
    int h = cairo_image_surface_get_height(image->surface);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(image->surface);

    cairo_pattern_set_filter(pattern, pixels && !mask ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, width / w, height / h);
    if (mask) {
        cairo_set_source_rgb(cr, 0, 0, 0);
        cairo_mask(cr, pattern);
    } else {
        cairo_pattern_set_extend(pattern, pixels ? CAIRO_EXTEND_PAD : CAIRO_EXTEND_NONE);
        cairo_set_source(cr, pattern);
        cairo_rectangle(cr, 0, 0, w, h);
        cairo_fill(cr);
    }
    cairo_restore(cr);
    cairo_pattern_destroy(pattern);
}

int image_draw(struct images *images, const struct image *image, cairo_t *cr, double x, double y,
               double width, double height, int pixels, const struct fo_node *node,
               struct diag *d)
{
    struct diag_place place = place_of(images, node);

    if (!(width > 0) || !(height > 0))
        return 0;
    if (image->kind == IMAGE_SVG)
        return svg_draw(&image->svg, cr, x, y, width, height, images->map, image->label, &place, d);
    draw_surface(image, cr, x, y, width, height, pixels);
    return 0;
}
