#!/usr/bin/env python3
"""Write tests/fop-layout.md from the output of fop-layout's run.py on standard input."""
import re, sys

REASONS = [
    (r'##img|^(character|inline|list-block|list-item|region-body|table)_background-image'
     r'|^basic-link_background-image|^external-graphic_height_percentage',
     'the case names its image by a variable that run.py does not fill in'),
    (r'^basic_link_to_last_page', 'it expects page 6 of a document of four pages'),
    (r'^block_font-autoselect', 'it expects a character without a glyph to be set as another, without a word'),
    (r'^block_font-character', 'the fonts of the test have the character that it expects from another font'),
    (r'^(block_text-indent|inline_background-color_writing)',
     'FOP breaks ragged text by total fit, we by first fit'),
    (r'^block_white-space_4', 'FOP rounds widths of glyphs, estimates that of a hair space, and has no'
     ' letter-spacing around blanks (XSL 1.1, 7.16.2, has half)'),
    (r'^block_white-space_nbsp', 'only U+0020 is suppressed at the end of a line (7.16.3); FOP drops no-break spaces too'),
    (r'^leader-alignment_writing-mode_rl', 'FOP keeps blanks at the end of a line, which 7.16.3 suppresses'),
    (r'^external-graphic_breaking', 'FOP breaks no line between two pictures, and lets them run over; we break'),
    (r'^external-graphic_gif', 'GIF is refused'),
    (r'^flow_changing-ipd_4', 'FOP keeps the lines of a list item that begins on the wider page'),
    (r'^flow_changing-ipd_list', 'FOP breaks the page earlier than it is full'),
    (r'^flow_changing-ipd_table2', 'the case names an image that is not there'),
    (r'^flow_changing-ipd_table_2', 'FOP rounds the unit of proportional columns down to a millipoint'),
    (r'^footnote_basic_link', 'FOP drops the blank at the end of the inline of a footnote'),
    (r'^footnote_writing-mode_rl', 'FOP orders the citation as a paragraph of its own, we with its line (UAX #9)'),
    (r'^fox_disable-column-balancing', 'FOP moves a spanning block whole where we part it'),
    (r'^fox_external-document', 'an object of FOP\'s own'),
    (r'^keep-together_overflow', 'FOP lets content that is kept together run over the page; we part it'),
    (r'^balanced-columns_4', 'other lines than FOP\'s, and therefore another balance'),
    (r'^list-2-columns', 'FOP spreads the room of a justified line over its blanks and the leader; we give it to'
     ' the leader, and there is a dot more'),
    (r'^page-sequence_two-column', 'FOP stretches spaces in balanced columns, which end unevenly then'),
    (r'^simple-page-master_reference', 'FOP exchanges margin-left and margin-right, which are physical (XSL 1.1, 7.11)'),
    (r'^table-border-span-rl', 'from the right FOP places parts of spanning borders by columns counted from the left'),
    (r'^table_(border-collapse_collapse_cond|border_padding_8|row-delay)',
     'the outer halves of collapsed borders take room, in FOP they do not'),
    (r'^table_list', 'paddings less than nothing are refused'),
]
TEXT = '''# Layout cases of an independent formatter

`tests/fop-layout.t` gives the %d layout cases beside the repository (`../shared/fop-layout`) to
`fo2pdf --lenient --area-tree`, with fonts that have the base 14 fonts' metrics
(`tests/fop/fonts.py`). It fails when fewer pass than here. Made by

    make check T=fop-layout && python3 tests/fop/report.py <build/test/fop-layout/run.out >tests/fop-layout.md

**%d of %d pass**; %s checks hold. The rest, with the checks that hold, the reason as
`tests/fop/report.py` has it, and the first difference:

| case | holds | reason | first difference |
|---|---|---|---|
'''
rows, held, passed, failed = [], '', 0, 0
for line in sys.stdin:
    m = re.match(r'short +(\S+)\.xml \((\d+ of \d+)\) (.*)', line)
    if m:
        name, count, fault = m.groups()
        fault = re.sub(r'\S*/in\.fo:(\d+): (error|warning): ', r'line \1: ', fault)
        fault = re.sub(r"[^\s']*/(cases/tmp\w+/|resources/|reso\w*)", '', fault)
        fault = re.sub(r"'/[^\s']*$", "'...'", fault)
        fault = re.sub(r'(/areaTree)?/pageSequence/pageViewport/.*?mainReference/', '//', fault)
        reason = next((t for p, t in REASONS if re.search(p, name) or re.search(p, fault)),
                      'not looked into')
        rows.append('| %s | %s | %s | `%s` |' % (name, count, reason,
                                                fault[:110].replace('|', '\\|').replace('`', "'")))
    m = re.match(r'checks: (.*) held', line)
    held = m.group(1) if m else held
    m = re.match(r'(\d+) passed, (\d+) failed', line)
    if m:
        passed, failed = map(int, m.groups())
print(TEXT % (passed + failed, passed, passed + failed, held), end='')
print('\n'.join(sorted(rows)))
