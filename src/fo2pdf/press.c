/* The pages one after the other, then what they need. */
#include "press.h"

#include "layout.h"
#include "paint.h"
#include "pdf.h"
#include "sheet.h"
#include "stock.h"

static void add_page(struct pdf *pdf, const struct area_page *page, struct stock *stock,
                     const struct strbuf *content)
{
    struct pdf_obj *dict = pdf_new_dict(pdf), *box = pdf_new_array(pdf), *stream = pdf_new_stream(pdf);

    pdf_push_int(pdf, box, 0);
    pdf_push_int(pdf, box, 0);
    pdf_push(pdf, box, pdf_new_real(pdf, page->width / 1000.0));
    pdf_push(pdf, box, pdf_new_real(pdf, page->height / 1000.0));
    pdf_set(pdf, dict, "MediaBox", box);
    pdf_set_ref(pdf, dict, "Resources", stock_resources(stock, pdf));
    pdf_stream_set(pdf, stream, content->buf, content->len, PDF_LEVEL);
    pdf_set_ref(pdf, dict, "Contents", pdf_add(pdf, stream));
    pdf_add_page(pdf, dict);
}

static void print_pages(struct area_document *areas, const char *name, struct images *images,
                        struct tags *tags, struct stock *stock, struct pdf *pdf, struct diag *d)
{
    struct sheet sheet;
    struct paint p;

    sheet_init(&sheet, stock);
    paint_init(&p, &sheet.canvas, images, tags, name, d);
    for (const struct area_page *page = areas->first; page; page = page->next) {
        sheet_begin(&sheet, page->height / 1000.0);
        layout_page(areas, page);
        paint_page(&p, page);
        layout_page_done(areas, page);
        sheet_end(&sheet);
        add_page(pdf, page, stock, &sheet.out);
    }
    paint_release(&p);
    sheet_release(&sheet);
}

int press(struct area_document *areas, const char *name, struct images *images,
          struct tags *tags, struct pdf_deflater *deflater, struct pdf **pdf, struct diag *d)
{
    struct stock *stock = stock_new();
    long faults = d->errors + d->cannots;
    int bad;

    *pdf = pdf_create(name);
    pdf_use_deflater(*pdf, deflater);
    print_pages(areas, name, images, tags, stock, *pdf, d);
    bad = d->errors + d->cannots > faults || stock_end(stock, images, *pdf, d);
    stock_free(stock);
    if (bad) {
        pdf_free(*pdf);
        *pdf = NULL;
    }
    return bad ? -1 : 0;
}
