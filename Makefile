# vc: one Makefile. `make help` explains the targets and prints the map.

VERSION = 0.1.0

# The map: modules by layer. A module may include those of its own layer and
# of the layers above it in this list; things do not know each other.
GROUND = fail process text when hash charset encoded param mime part wrapper \
	body limit frame mailbox key armor walk cause gpg transfer file opt tag
STREAM = record types schema ledger input stream
THINGS = fold message keyring packet pubkey table template
DOMAIN = gate words intake lines label value reader form filing poc answer order rule step \
	roster sheet row pin vouch verdict reading verify match route letter envelope \
	compose recipient seal journal maildir post deliver cvss view outcome page
MODULES = $(GROUND) $(STREAM) $(THINGS) $(DOMAIN)

PREFIX = /usr/local
O = build
BIN = bin
DATADIR = $(DESTDIR)$(PREFIX)/share

PROGRAMS = $(basename $(notdir $(sort $(wildcard bin/*.c))))
PROBES = $(basename $(notdir $(sort $(wildcard test/probe/*.c))))
OBJECTS = $(patsubst lib/%.c,$(O)/%.o,$(wildcard lib/*.c))
LIBRARIES = gpgme gmime-3.0 jansson libgcrypt

CC = gcc
CSTD = -std=c11 -D_GNU_SOURCE -DVC_VERSION='"$(VERSION)"'
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla -Wundef
OPT = -O2
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE \
	-fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero
HARDEN_LD = -pie -Wl,-z,relro,-z,now,-z,noexecstack
ifdef DEV
WARN += -Werror
endif
PKG_CFLAGS := $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)
ALL_CFLAGS = $(CSTD) $(WARN) $(OPT) $(HARDEN) -MMD -MP -Ilib \
	$(patsubst -I%,-isystem %,$(PKG_CFLAGS)) $(CFLAGS)
ALL_LIBS = -L$(O) -lvc -Wl,--as-needed $(PKG_LIBS) -lcsv $(LDLIBS)

DEPS = gcc make pkg-config libgpgme-dev libgmime-3.0-dev libmailutils-dev \
	libcsv-dev libjansson-dev libgcrypt20-dev gnupg bats bats-assert \
	bats-support bats-file parallel jq mandoc procmail strace faketime
DEPS_LINT = clang-format clang-tidy cppcheck shellcheck universal-ctags clang
DEPS_WORLD = $(DEPS_LINT) postfix sqop pgpainless-cli rnp mblaze python3 \
	w3c-linkchecker libxml2-utils nodejs npm chromium

all: $(PROGRAMS:%=$(BIN)/%) ## build the programs into bin/
probes: $(PROBES:%=$(O)/probe/%)

$(O)/%.o: lib/%.c | $(O)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<
$(O)/libvc.a: $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^
$(BIN)/%: bin/%.c $(O)/libvc.a
	@mkdir -p $(O)/bin $(BIN)
	$(CC) $(ALL_CFLAGS) -MF $(O)/bin/$*.d $(LDFLAGS) $(HARDEN_LD) -o $@ $< \
	    $(ALL_LIBS)
$(O)/probe/%: test/probe/%.c $(O)/libvc.a
	@mkdir -p $(O)/probe
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(HARDEN_LD) -o $@ $< $(ALL_LIBS)
$(O):
	@mkdir -p $@
-include $(wildcard $(O)/*.d $(O)/bin/*.d $(O)/probe/*.d)

deps: ## install what building and testing need (Debian, Ubuntu)
	@share/skel/deps $(DEPS)
deps-world: deps ## install servers and foreign judges for check-world
	@share/skel/deps $(DEPS_WORLD)

check: all probes ## run the tests; ends with "N passed, N failed"
	@test/run
check-san: ## the same with address, leak and undefined-behaviour checks
	@$(MAKE) -s O=build/san BIN=build/san/bin OPT='-O1 -g' HARDEN=-fPIE \
	    CFLAGS='-fsanitize=address,undefined -fno-sanitize-recover=all' \
	    all probes
	@VC_BUILD=build/san test/run
check-world: all probes ## talk to real servers and foreign judges
	@test/run test/world
check-corpus: all probes ## test against the data in the folder VC_CORPUS
	@VC_CORPUS="$(VC_CORPUS)" test/run test/corpus
lint: ## formatting, static analysis, shell and man pages
	@test/lint
demo: all ## play the founding story in build/demo
	@examples/demo.sh
bench: all probes ## measure each stage against a named peer
	@test/bench/run

install: all ## install below DESTDIR/PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DATADIR)/vc $(DATADIR)/man/man1 \
	    $(DATADIR)/man/man5 $(DATADIR)/man/man7 \
	    $(DATADIR)/bash-completion/completions \
	    $(DATADIR)/zsh/site-functions
	install $(PROGRAMS:%=$(BIN)/%) $(DESTDIR)$(PREFIX)/bin
	cp -R share/form share/template share/label share/gnupg share/doc \
	    examples $(DATADIR)/vc
	install -m 644 man/*.1 $(DATADIR)/man/man1
	install -m 644 man/*.5 $(DATADIR)/man/man5
	install -m 644 man/*.7 $(DATADIR)/man/man7
	install -m 644 share/completion/vc.bash \
	    $(DATADIR)/bash-completion/completions/vc
	for p in $(PROGRAMS); do ln -sf vc \
	    $(DATADIR)/bash-completion/completions/$$p || exit 1; done
	install -m 644 share/completion/_vc $(DATADIR)/zsh/site-functions
uninstall: ## remove what install put there
	rm -f $(PROGRAMS:%=$(DESTDIR)$(PREFIX)/bin/%) \
	    $(PROGRAMS:%=$(DATADIR)/bash-completion/completions/%) \
	    $(DATADIR)/bash-completion/completions/vc \
	    $(DATADIR)/zsh/site-functions/_vc \
	    $(patsubst man/%,$(DATADIR)/man/man1/%,$(wildcard man/*.1)) \
	    $(patsubst man/%,$(DATADIR)/man/man5/%,$(wildcard man/*.5)) \
	    $(patsubst man/%,$(DATADIR)/man/man7/%,$(wildcard man/*.7))
	rm -rf $(DATADIR)/vc
dist: ## pack the committed tree into build/vc-VERSION.tar.gz
	@mkdir -p build
	git archive --prefix=vc-$(VERSION)/ -o build/vc-$(VERSION).tar.gz HEAD
new: ## start a program: make new P=vc-close
	@share/skel/new "$(P)"
clean: ## remove what was built
	rm -rf build
	rm -f $(PROGRAMS:%=bin/%)

help: ## print this
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 14
	@echo
	@echo 'Modules in lib/, by layer (each may include what is above it):'
	@echo '  ground  $(GROUND)'
	@echo '  stream  $(STREAM)'
	@echo '  things  $(THINGS)'
	@echo '  domain  $(DOMAIN)'

map: # for test/house.bats: a layer and its modules a line
	@echo 'ground $(GROUND)'
	@echo 'stream $(STREAM)'
	@echo 'things $(THINGS)'
	@echo 'domain $(DOMAIN)'

.PHONY: all probes deps deps-world check check-san check-world check-corpus \
	lint demo bench install uninstall dist new clean help map
