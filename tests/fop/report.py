#!/usr/bin/env python3
"""Write tests/fop-layout.md from the output of fop-layout's run.py on standard input."""
import re, sys

REASONS = [
    (r'^footnote', 'footnotes are not set'),
    (r'##img', 'the case names its image by a variable that run.py does not fill in'),
    (r'@background: expected .*url=', 'the place of a background image is not in the area tree'),
    (r'background-color.*text\[|^(character|page-number-citation)_(background|border)',
     'characters and page numbers have no background or border'),
    (r'^(fox_|pcl-|ps-)|fox:', 'an extension of FOP'),
    (r'FO-211', 'GIF is refused'), (r'FO-222', 'an SVG font that is not installed is refused'),
    (r'FO-210', 'the case names an image that is not there'),
    (r'FO-017', 'a page-sequence-master without a page for the rest is refused'),
    (r'^flow_changing-ipd|ipd-change', 'where FOP resumes a flow whose width changes'),
    (r'595275', 'FOP cuts off thousandths of a point where we round'),
    (r'^table.*(border|conditional)|^table_backgrounds', "FOP's breaks and borders of table rows"),
    (r'^table.*(keep|break|row-delay|list|stepper|row-height|page)|^page-(breaking|position)'
     r'|^keep-together|^block_keep', "rows of tables are kept whole, and pages are broken at least cost"),
    (r'^(balanced|fox_disable|list-2|page-sequence_two|region-body_column)', 'balancing of columns'),
    (r'^inline_(align|domin|baseline)|baseline|^basic-link_height|vertical-align|line-height'
     r'|line-stacking', 'baselines other than the alphabetic one'),
    (r'@level|_bidi_|writing-mode_rl', 'areas from right to left are written otherwise'),
    (r'font-name|autoselect|character-by-character', 'a substituted font family is an error here'),
    (r'^simple-page-master_reference', 'turning a whole page is refused'),
    (r'^leader', 'leaders with content, and their alignment'),
    (r'^(inline_block|inline_border_padding|inline_table|wrapper)', 'blocks inside of inlines'),
    (r'^block-container', 'containers that are turned or have no height'),
    (r'^marker', 'markers in places where FOP finds them'),
    (r'white-space|shy|word|space', 'white space and hyphenation at the edges of lines'),
]
TEXT = '''# Layout cases of an independent formatter

`tests/fop-layout.t` gives the %d layout cases beside the repository (`../shared/fop-layout`) to
`fo2pdf --lenient --area-tree`, with fonts that have the base 14 fonts' metrics
(`tests/fop/fonts.py`). It fails when fewer pass than here. Made by

    make check T=fop-layout && python3 tests/fop/report.py <build/test/fop-layout/run.out >tests/fop-layout.md

**%d of %d pass**; %s checks hold. The rest, with the checks that hold, the reason as
`tests/fop/report.py` tells it from the name and the first difference, and that difference:

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
        fault = re.sub(r'(/areaTree)?/pageSequence/pageViewport/.*?mainReference/', '//', fault)
        reason = next((t for p, t in REASONS if re.search(p, name) or re.search(p, fault)),
                      'set otherwise than FOP does')
        rows.append('| %s | %s | %s | `%s` |' % (name, count, reason,
                                                fault[:110].replace('|', '\\|').replace('`', "'")))
    m = re.match(r'checks: (.*) held', line)
    held = m.group(1) if m else held
    m = re.match(r'(\d+) passed, (\d+) failed', line)
    if m:
        passed, failed = map(int, m.groups())
print(TEXT % (passed + failed, passed, passed + failed, held), end='')
print('\n'.join(sorted(rows)))
