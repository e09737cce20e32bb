#!/usr/bin/env python3
"""Write fonts with the base 14 fonts' metrics into a folder: usage: fonts.py FOLDER.

Copies of the URW base 35 fonts, whose widths are those of the base 14 fonts, without kerning,
with the ascenders, descenders and x-heights that an independent formatter's layout tests count on.
Needs fontTools and the package fonts-urw-base35.
"""
import os, re, sys
from fontTools.ttLib import TTFont

SOURCE = '/usr/share/fonts/opentype/urw-base35'
STYLES = '-Regular', '-Bold', '-Italic', '-BoldItalic'
# Ascender, descender, and the x-height of each style.
FAMILIES = {'NimbusSans': (718, -207, (523, 532, 523, 532)),
            'NimbusRoman': (683, -217, (450, 461, 441, 462)),
            'NimbusMonoPS': (629, -157, (426, 439, 426, 439)),
            'StandardSymbolsPS': (1010, -293, (520,))}
CONF = '''<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>%s</dir><cachedir>%s/cache</cachedir>
%s</fontconfig>
'''
ALIAS = '''<match target="pattern"><test name="family"><string>%s</string></test>
<edit name="family" mode="assign" binding="same"><string>%s</string></edit></match>
'''
NAMES = [('Layout Sans', 'Helvetica sans-serif Arial'), ('Layout Roman', 'Times serif'),
         ('Layout Mono PS', 'Courier monospace'), ('Layout Symbols PS', 'Symbol')]

out = os.path.abspath(sys.argv[1])
os.makedirs(out, exist_ok=True)
for family, (ascender, descender, x_heights) in FAMILIES.items():
    for style, x_height in zip(STYLES if len(x_heights) > 1 else ('',), x_heights):
        font = TTFont('%s/%s%s.otf' % (SOURCE, family, style))
        for table in 'GSUB', 'GPOS', 'kern':
            if table in font:
                del font[table]
        os2, hhea = font['OS/2'], font['hhea']
        os2.sTypoAscender = hhea.ascent = ascender
        os2.sTypoDescender = hhea.descent = descender
        os2.sTypoLineGap = hhea.lineGap = 0
        os2.sxHeight = x_height
        # The base 14 fonts' metrics do not say where subscripts and superscripts lie.
        os2.ySubscriptYOffset = os2.ySuperscriptYOffset = 0
        for name in font['name'].names:
            if name.nameID in (1, 4, 6, 16):
                name.string = re.sub('Nimbus|Standard', 'Layout', str(name))
        font.save('%s/%s%s.otf' % (out, family, style))
with open(out + '/fonts.conf', 'w') as f:
    f.write(CONF % (out, out, ''.join(ALIAS % (name, ours) for ours, names in NAMES
                                      for name in names.split())))
