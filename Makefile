# certpress: GNU make.  `make help` lists the targets.
#
# Every stage of the pipeline is a folder of src/ with a main.c (options and files only) and its
# work in the other files, which become build/lib/STAGE.a.  A stage is compiled with src/common and
# its own folder on the include path (the PDF stages with src/pdf too), so that including another
# stage's header does not compile; certpress alone sees them all.

CC      ?= cc
CFLAGS  ?= -O2 -g
WARN    := -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wwrite-strings -Wvla $(if $(WERROR),-Werror)
comma   := ,
SANFLAGS := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
B       ?= build$(if $(SAN),-san)
PREFIX  ?= /usr/local
Q       := $(if $(V),,@)

# ---- Debian packages, and what each is for -----------------------------------------------------
for      :=
PACKAGES := \
  gcc clang make pkg-config     $(call for,building) \
  libxml2-dev libxslt1-dev      $(call for,XML, XPath, RELAX NG; XSLT) \
  libcsv-dev                    $(call for,CSV) \
  libcairo2-dev libpango1.0-dev $(call for,drawing; text in all scripts) \
  libharfbuzz-dev libfontconfig-dev $(call for,shaping; the closed font set) \
  librsvg2-dev libqrencode-dev  $(call for,scope diagrams; QR codes) \
  libjpeg-dev                   $(call for,photographs) \
  libhyphen-dev                 $(call for,hyphenation) \
  zlib1g-dev libdeflate-dev     $(call for,PDF streams: reading; writing in a third of the time) \
  libssl-dev                    $(call for,seals) \
  libjemalloc-dev               $(call for,memory for the press, taken and freed faster) \
  libp11-kit-dev softhsm2       $(call for,keys in tokens: the headers of PKCS#11; a token for the tests) \
  fonts-noto-cjk                $(call for,Chinese, Japanese and Korean names) \
  fonts-noto-core               $(call for,names in Arabic, Hebrew, Devanagari, Thai scripts) \
  openssl                       $(call for,the throw-away test CA of make samples) \
  check valgrind                $(call for,unit tests, memory checks) \
  qpdf poppler-utils mupdf-tools libnss3-tools $(call for,independent judges of our PDFs in the tests) \
  libxml2-utils xsltproc mandoc shellcheck locales $(call for,schemas, stylesheets, manual pages, scripts, a comma locale in the tests) \
  hyphen-en-us hyphen-fr        $(call for,hyphenation in the tests) \
  python3-lxml python3-fonttools fonts-urw-base35 $(call for,another formatter's layout cases in the tests)
JUDGES   := default-jdk-headless maven python3-venv fop $(call for,run veraPDF, EU DSS, pyHanko and FOP in make interop)

# ---- programs: what each links beside libcommon -------------------------------------------------
pc       = $(shell pkg-config --$1 $2)
XML      := libxml-2.0
XSLT     := libxml-2.0 libxslt libexslt
DRAW     := libxml-2.0 pangocairo pangoft2 pango cairo cairo-ft cairo-pdf cairo-svg harfbuzz harfbuzz-subset fontconfig freetype2 librsvg-2.0 libqrencode libjpeg
FLATE    := zlib libdeflate

STAGES   := csv2rec rec2cert cert2fo fo2pdf pdf2pdfa pdfsign pdfcheck cert2xref
csv2rec_PKGS   := $(XML)
csv2rec_LIBS   := -lcsv
rec2cert_PKGS  := $(XSLT)
cert2fo_PKGS   := $(XSLT)
fo2pdf_PKGS    := $(DRAW) $(FLATE)
fo2pdf_LIBS    := -lhyphen
pdf2pdfa_PKGS  := $(XML) $(FLATE)
pdfsign_PKGS   := libcrypto p11-kit-1 $(FLATE)
pdfcheck_PKGS  := $(XML) libcrypto $(FLATE)
cert2xref_PKGS := $(XML)
certpress_PKGS := $(sort $(foreach s,$(STAGES),$($s_PKGS)))
# The press takes and frees memory a hundred thousand times a document; sanitizers want to see that.
certpress_LIBS := -lcsv -lhyphen $(if $(SAN),,-ljemalloc)
PDF_STAGES     := fo2pdf pdf2pdfa pdfsign pdfcheck
PROGS          := $(STAGES) certpress

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: fuzz valgrind all help deps samples check bench interop unit bless headers lint install clean

all: $(PROGS:%=$(B)/bin/%) ## build all programs

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

install-packages = @sudo=; test "$$(id -u)" = 0 || sudo=sudo; \
	missing=$$(for p in $1; do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	test -z "$$missing" || { $$sudo apt-get update -q && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; }

deps: ## install the Debian packages (as root, or with sudo)
	$(call install-packages,$(PACKAGES))

# ---- objects, one archive a folder --------------------------------------------------------------
objs      = $(patsubst src/%.c,$(B)/obj/%.o,$(filter-out src/$1/main.c,$(wildcard src/$1/*.c)))
includes  = -Isrc/common -Isrc/$1 $(if $(filter $1,$(PDF_STAGES) certpress),-Isrc/pdf) $(if $(filter $1,certpress),-Isrc)
stagelibs = $(B)/lib/$1.a $(if $(filter $1,certpress),$(STAGES:%=$(B)/lib/%.a)) \
            $(if $(filter $1,$(PDF_STAGES) certpress),$(B)/lib/pdf.a) $(B)/lib/common.a
folder    = $(firstword $(subst /, ,$1))
pkgs      = $($1_PKGS) $(if $(filter $1,pdf),$(FLATE)) $(XML)

$(B)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D); $(if $(V),,echo "  CC    src/$*.c")
	$(Q)$(CC) $(WARN) $(CFLAGS) $(SANFLAGS) $(call includes,$(call folder,$*)) $(call pc,cflags,$(call pkgs,$(call folder,$*))) -MMD -MP -c -o $@ $<

define archive
$(B)/lib/$1.a: $(call objs,$1)
	@mkdir -p $$(@D); rm -f $$@; $(if $(V),,echo "  AR    $$@")
	$(Q)$(AR) rcs $$@ $$^
endef
$(foreach d,common pdf $(STAGES) certpress,$(eval $(call archive,$d)))

define program
$(B)/bin/$1: $(B)/obj/$1/main.o $(call stagelibs,$1)
	@mkdir -p $$(@D); $(if $(V),,echo "  LINK  $$@")
	$(Q)$(CC) $(SANFLAGS) $(LDFLAGS) -o $$@ $$^ $$(call pc,libs,$(call pkgs,$1)) $($1_LIBS) -lm
endef
$(foreach p,$(PROGS),$(eval $(call program,$p)))

-include $(wildcard $(B)/obj/*/*.d $(B)/unit/*.d)

# ---- samples, tests, installation: see samples/, tests/ -----------------------------------------
samples: all ## print and seal the samples into samples/*/out
	$(Q)samples/print.sh $(B)/bin

# A unit test tests/unit/check_STAGE.c or check_STAGE_TOPIC.c sees what its stage sees.
UNITS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/check_*.c))
unit_folder = $(word 2,$(subst _, ,$1))
define unit
$(B)/unit/$1: tests/unit/$1.c $(call stagelibs,$(call unit_folder,$1))
	@mkdir -p $$(@D); $(if $(V),,echo "  TEST  $1")
	$(Q)$(CC) $(WARN) $(CFLAGS) $(SANFLAGS) $(call includes,$(call unit_folder,$1)) $$(call pc,cflags,$(call pkgs,$(call unit_folder,$1)) check) \
	  -MMD -MP -MF $$@.d -o $$@ $$< $$(filter %.a,$$^) $$(call pc,libs,$(call pkgs,$(call unit_folder,$1)) check) $($(call unit_folder,$1)_LIBS) -lm
endef
$(foreach u,$(UNITS),$(eval $(call unit,$u)))
# Makes forgeries of sealed files for attacks.t, costly files for hostile.t.
$(B)/unit/forge $(B)/unit/hostile: $(B)/unit/%: tests/attacks/%.c $(call stagelibs,pdfcheck)
	@mkdir -p $(@D); $(if $(V),,echo "  TEST  $*")
	$(Q)$(CC) $(WARN) $(CFLAGS) $(SANFLAGS) $(call includes,pdfcheck) $(call pc,cflags,$(pdfcheck_PKGS)) -o $@ $< \
	  $(filter %.a,$^) $(call pc,libs,$(pdfcheck_PKGS)) -lm
# What pdfsign's tests talk to: time stamps, OCSP and CRLs; a token.
$(B)/unit/responder: tests/pki/responder.c
	@mkdir -p $(@D); $(if $(V),,echo "  TEST  responder")
	$(Q)$(CC) $(WARN) $(CFLAGS) -o $@ $< $(call pc,libs,libcrypto)
$(B)/unit/putcert: tests/pki/putcert.c
	@mkdir -p $(@D); $(if $(V),,echo "  TEST  putcert")
	$(Q)$(CC) $(WARN) $(CFLAGS) $(call pc,cflags,p11-kit-1) -o $@ $< $(call pc,libs,libcrypto)
$(B)/unit/counting.so: tests/pki/counting.c
	@mkdir -p $(@D); $(if $(V),,echo "  TEST  counting")
	$(Q)$(CC) $(WARN) -Wno-missing-prototypes $(CFLAGS) $(call pc,cflags,p11-kit-1) -fPIC -shared -o $@ $<

# ---- fuzz targets: tests/fuzz/NAME_fuzz.c of a stage, seeds in tests/fuzz/NAME --------------------
FUZZ     := csv:csv2rec rec:rec2cert fo:fo2pdf pdf:pdf content:pdf pdf2pdfa:pdf2pdfa pdfcheck:pdfcheck cms:pdfcheck
FUZZERS  := $(foreach f,$(FUZZ),$(word 1,$(subst :, ,$f)))
fuzzed    = $(patsubst $1:%,%,$(filter $1:%,$(FUZZ)))
sources   = $(foreach d,$(sort $1 $(if $(filter $1,$(PDF_STAGES)),pdf) common),$(filter-out src/$d/main.c,$(wildcard src/$d/*.c)))
define fuzzer
$(B)/unit/$1-replay: tests/fuzz/$1_fuzz.c tests/fuzz/replay.c $(call stagelibs,$2)
	@mkdir -p $$(@D); $(if $(V),,echo "  TEST  $1-replay")
	$(Q)$(CC) $(WARN) $(CFLAGS) $(SANFLAGS) $(call includes,$2) $$(call pc,cflags,$(call pkgs,$2)) -o $$@ $$(filter %.c,$$^) \
	  $$(filter %.a,$$^) $$(call pc,libs,$(call pkgs,$2)) $($2_LIBS) -lm
$(B)/fuzz/$1: tests/fuzz/$1_fuzz.c $(call sources,$2)
	@mkdir -p $$(@D); $(if $(V),,echo "  FUZZ  $1")
	$(Q)clang $(WARN) -O1 -g -fsanitize=fuzzer,address,undefined $(call includes,$2) $$(call pc,cflags,$(call pkgs,$2)) -o $$@ $$^ \
	  $$(call pc,libs,$(call pkgs,$2)) $($2_LIBS) -lm
endef
$(foreach f,$(FUZZERS),$(eval $(call fuzzer,$f,$(call fuzzed,$f))))

fuzz: $(FUZZERS:%=$(B)/fuzz/%) ## build the fuzz targets with clang's libFuzzer; see tests/README.md

unit: $(UNITS:%=$(B)/unit/%) $(B)/unit/forge $(B)/unit/hostile $(FUZZERS:%=$(B)/unit/%-replay) $(B)/unit/responder $(B)/unit/counting.so $(B)/unit/putcert

check: all unit headers ## run all tests (T=name: those whose name has it)
	$(Q)B=$(abspath $(B)) tests/run $(T)

valgrind: all unit ## run the tests of fo2pdf and the unit tests under valgrind (T=names: those tests)
	$(Q)B=$(abspath $(B)) tests/valgrind $(T)

interop: samples unit ## let veraPDF, pyHanko, EU DSS and FOP judge, installing them
	$(call install-packages,$(JUDGES))
	$(Q)B=$(abspath $(B)) tests/interop/run

# The floor and the driver of make bench; see tests/bench/run.
$(B)/bench/floor: tests/bench/floor.c
	@mkdir -p $(@D); $(if $(V),,echo "  LINK  $@")
	$(Q)$(CC) $(WARN) $(CFLAGS) -o $@ $< $(call pc,cflags --libs,pangocairo librsvg-2.0 libqrencode)
$(B)/bench/warm: tests/bench/warm.c $(call stagelibs,certpress)
	@mkdir -p $(@D); $(if $(V),,echo "  LINK  $@")
	$(Q)$(CC) $(WARN) $(CFLAGS) $(call includes,certpress) $(call pc,cflags,$(certpress_PKGS)) -o $@ $< \
	  $(filter %.a,$^) $(call pc,libs,$(certpress_PKGS)) $(certpress_LIBS) -lm

$(B)/bench/seal: tests/bench/seal.c $(call stagelibs,pdfsign)
	@mkdir -p $(@D); $(if $(V),,echo "  LINK  $@")
	$(Q)$(CC) $(WARN) $(CFLAGS) $(call includes,pdfsign) -Isrc/pdf $(call pc,cflags,$(pdfsign_PKGS) $(XML)) -o $@ $< \
	  $(filter %.a,$^) $(call pc,libs,$(pdfsign_PKGS) $(XML)) -lm

bench: all $(B)/bench/floor $(B)/bench/warm $(B)/bench/seal ## measure speed and memory beside the floor and the peers (N=documents)
	$(Q)tests/bench/run $(abspath $(B)) $(N)

bless: all ## rewrite the expectations of cases T from what came out, then read `git diff tests`
	$(Q)B=$(abspath $(B)) BLESS=1 tests/run $(T)

headers: $(patsubst src/%.h,$(B)/hdr/%.ok,$(wildcard src/*/*.h)) ## compile every header alone
$(B)/hdr/%.ok: src/%.h
	@mkdir -p $(@D)
	$(Q)$(CC) $(WARN) $(call includes,$(call folder,$*)) $(call pc,cflags,$(call pkgs,$(call folder,$*))) -fsyntax-only -include $< -x c /dev/null && touch $@

lint: ## lint manual pages, scripts and XML
	$(Q)mandoc -Tlint -Wwarning $(wildcard src/*/*.[1-9])
	$(Q)shellcheck -x $(shell grep -lIr '^#!/bin/sh' tests samples templates --include='*' | grep -v /out/)
	$(Q)xmllint --noout --nonet $(shell find xsl templates src samples -name '*.x[ms]l' -o -name '*.rng' -o -name '*.sch' | grep -v -e /out/ -e /stages/ -e /broken/)

install: all ## install below DESTDIR and PREFIX (/usr/local)
	$(Q)install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/certpress $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 $(DESTDIR)$(PREFIX)/share/man/man7
	$(Q)install $(PROGS:%=$(B)/bin/%) $(DESTDIR)$(PREFIX)/bin
	$(Q)for s in 1 5 7; do for f in src/*/*.$$s; do test ! -f $$f || install -m 644 $$f $(DESTDIR)$(PREFIX)/share/man/man$$s; done; done
	$(Q)cp -R xsl templates fonts $(DESTDIR)$(PREFIX)/share/certpress
	$(Q)install -d $(DESTDIR)$(PREFIX)/share/certpress/formats && install -m 644 $(wildcard src/formats/*.rng) $(DESTDIR)$(PREFIX)/share/certpress/formats

clean: ## remove everything that was built
	rm -rf build build-san samples/*/out samples/*/ledger samples/*/stages samples/pki
