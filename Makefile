# vc: one Makefile. `make help` explains the targets and prints the map.

VERSION = 0.1.0

# The map: modules by layer. A module may include those of its own layer and
# of the layers above it in this list; things do not know each other.
GROUND = fail process text seek rows cells index when hash alias charset \
	saved faults cell encoded param mime part wrapper inflate bunzip \
	canon body limit frame mailbox key armor walk cause gpgkey gpg transfer \
	file folder tree home second opt tag ident brand macro score wire server \
	dialog pace flow
STREAM = record types schema ledger kept input stream ahead
THINGS = fold message keyring packet pubkey table template smtp
DOMAIN = gate words range phrase bounds case clock standing coverage report \
	intake lines label known cut contact day value apart reader form \
	filing poc answer onfile order change witness rule keep items tuple \
	glance claim scan enrol roster owed health mailing merge holder sheet \
	edit row lookup pin vouch archive verdict protect reading sender \
	finding replay verify vector selftest match policy need told notice \
	remind since near content enclosure letter route tell envelope compose \
	recipient once seal trial journal maildir post delivery deliver cvss \
	view outcome affects csaf cve vex format place page feed source \
	published catalog listing provider leaf front site
MODULES = $(GROUND) $(STREAM) $(THINGS) $(DOMAIN)

PREFIX = /usr/local
O = build
BIN = bin
TO = $(DESTDIR)$(PREFIX)
DATA = $(TO)/share

PROGRAMS = $(basename $(notdir $(sort $(wildcard bin/*.c))))
PROBES = $(basename $(notdir $(sort $(wildcard test/probe/*.c))))
FUZZERS = $(basename $(notdir $(sort $(wildcard test/fuzz/fuzz-*.c))))
REPLAY = test/fuzz/replay.c
OBJECTS = $(patsubst lib/%.c,$(O)/%.o,$(wildcard lib/*.c))
LIBRARIES = gpgme gmime-3.0 jansson libgcrypt zlib gnutls

CC = gcc
CSTD = -std=c11 -D_GNU_SOURCE -DVC_VERSION='"$(VERSION)"'
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla -Wundef
OPT = -O2
Q = $(if $(V),,@echo "  $(@F)";)
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE \
	-fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero
HARDEN_LD = -pie -Wl,-z,relro,-z,now,-z,noexecstack
ifdef DEV
WARN += -Werror
endif
# Asked once, and late: in `make deps demo` deps installs pkg-config.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags \
	$$(LIBRARIES)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $$(shell pkg-config --libs \
	$$(LIBRARIES)))$(PKG_LIBS)
ALL_CFLAGS = $(CSTD) $(WARN) $(OPT) $(HARDEN) -MMD -MP -Ilib \
	$(patsubst -I%,-isystem %,$(PKG_CFLAGS)) $(CFLAGS)
ALL_LIBS = -L$(O) -lvc -Wl,--as-needed $(PKG_LIBS) -lcsv -lbz2 -lmu_mailer \
	-lmailutils $(LDLIBS)

DEPS = gcc make pkg-config libgpgme-dev libgmime-3.0-dev \
	libcsv-dev libjansson-dev libgcrypt20-dev zlib1g-dev libbz2-dev \
	libmailutils-dev libgnutls28-dev \
	gnupg bats bats-assert bats-support bats-file parallel jq mandoc \
	procmail strace faketime libxml2-utils bsdextrautils bzip2 python3 openssl
DEPS_LINT = clang-format clang-tidy cppcheck shellcheck universal-ctags clang \
	libclang-rt-dev
DEPS_WORLD = $(DEPS_LINT) postfix dovecot-core dovecot-lmtpd dovecot-sieve \
	dovecot-imapd libevent-2.1-7 libgnutls-dane0 libidn12 libnsl2 \
	maildrop sqop gosop pgpainless-cli rnp mblaze notmuch schleuder python3-jinja2 \
	default-jre-headless libxml2-utils file chromium fonts-noto-cjk zsh \
	openssh-server iproute2 \
	$(shell command -v npm >/dev/null || echo nodejs npm)

all: $(PROGRAMS:%=$(BIN)/%) ## build the programs into bin/
probes: $(PROBES:%=$(O)/probe/%) fuzzers
fuzzers: $(FUZZERS:%=$(O)/probe/%)

$(O)/%.o: lib/%.c | $(O)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<
$(O)/libvc.a: $(OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
$(BIN)/%: bin/%.c $(O)/libvc.a
	@mkdir -p $(O)/bin $(BIN)
	$(Q)$(CC) $(ALL_CFLAGS) -MF $(O)/bin/$*.d $(LDFLAGS) $(HARDEN_LD) -o $@ $< \
	    $(ALL_LIBS)
$(O)/probe/%: test/probe/%.c $(O)/libvc.a
	@mkdir -p $(O)/probe
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(HARDEN_LD) -o $@ $< $(ALL_LIBS)
$(O)/probe/fuzz-%: test/fuzz/fuzz-%.c test/fuzz/fuzz.h $(REPLAY) $(O)/libvc.a
	@mkdir -p $(O)/probe
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(HARDEN_LD) -o $@ $< $(REPLAY) \
	    $(ALL_LIBS)
$(O)/bench/%: test/bench/%.c
	@mkdir -p $(O)/bench
	$(Q)$(CC) -O2 $(PKG_CFLAGS) -o $@ $< -Wl,--as-needed $(PKG_LIBS) -lcsv
$(O):
	@mkdir -p $@
ifneq ($(filter deps,$(MAKECMDGOALS)),)
$(O): | deps
endif
-include $(wildcard $(O)/*.d $(O)/bin/*.d $(O)/probe/*.d)

deps: ## install what building and testing need (Debian, Ubuntu)
	@share/skel/deps $(DEPS)
deps-world: deps ## install servers and foreign judges for check-world
	@share/skel/deps $(DEPS_WORLD)
	@test/world/npm
	@test/world/debs

check: all probes ## run the tests; ends with "N passed, N failed"
	@test/run
check-san: ## the same with sanitizers: make check-san T=test/vc-mail.bats
	@$(MAKE) -s O=build/san BIN=build/san/bin OPT='-O1 -g' HARDEN=-fPIE \
	    CFLAGS='-fsanitize=address,undefined -fno-sanitize-recover=all' \
	    all probes
	@VC_BUILD=build/san test/run $(T)
fuzz: ## let libFuzzer have each module S seconds: make fuzz S=60 T=mime
	@command -v clang >/dev/null || { \
	    echo 'fuzz: clang is missing: make deps-world' >&2; exit 69; }
	@$(MAKE) -s O=build/fuzz CC=clang OPT='-O1 -g' HARDEN=-fPIE REPLAY= \
	    CFLAGS='-fsanitize=fuzzer-no-link,address,undefined \
	    -fno-sanitize=pointer-overflow -fno-sanitize-recover=all' \
	    LDFLAGS=-fsanitize=fuzzer fuzzers
	@test/fuzz/run "$(or $(S),60)" $(T)
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
	install -d "$(TO)/bin" "$(DATA)/vc" "$(DATA)/man/man1" \
	    "$(DATA)/man/man5" "$(DATA)/man/man7" \
	    "$(DATA)/bash-completion/completions" "$(DATA)/zsh/site-functions"
	install $(PROGRAMS:%=$(BIN)/%) "$(TO)/bin"
	cp -R share/form share/template share/label share/gnupg share/doc \
	    examples "$(DATA)/vc"
	for n in 1 5 7; do install -m 644 man/*.$$n "$(DATA)/man/man$$n" || \
	    exit 1; done
	install -m 644 share/completion/vc.bash \
	    "$(DATA)/bash-completion/completions/vc"
	cd "$(DATA)/bash-completion/completions" && \
	    for p in $(PROGRAMS); do ln -sf vc $$p || exit 1; done
	install -m 644 share/completion/_vc "$(DATA)/zsh/site-functions"
uninstall: ## remove what install put there
	cd "$(TO)/bin" && rm -f $(PROGRAMS)
	cd "$(DATA)/bash-completion/completions" && rm -f vc $(PROGRAMS)
	cd "$(DATA)/man" && rm -f $(foreach p,$(wildcard man/*),man$(subst \
	    .,,$(suffix $(p)))/$(notdir $(p)))
	rm -f "$(DATA)/zsh/site-functions/_vc"
	rm -rf "$(DATA)/vc"
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

.PHONY: all probes fuzzers deps deps-world check check-san fuzz check-world \
	check-corpus lint demo bench install uninstall dist new clean help map
