# Rotonde. `make` builds, `make demo` shows it, `make check` tests in seconds, `make test` tests everything.
#
# Variables: BUILD (output folder), CC, SANITIZE=1 (ASan and UBSan), WERROR=1 (as check and CI do),
# FUZZ_SECONDS (how long `make fuzz` tries each target).

BUILD ?= build
CC ?= cc
PREFIX ?= /usr/local
DESTDIR ?=
PKG_CONFIG ?= pkg-config

# V=1 shows the whole command lines.
Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)' $(2))

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

PACKAGES := libcurl sqlite3 libcjson libical icu-i18n icu-uc yaml-0.1 libcrypto olm

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
# clang takes a long statement among short ones for two with a comma missing; between designated elements that cannot compile.
WARNINGS += -Wno-string-concatenation
HARDENING := -fstack-protector-strong -fPIE
ifdef FUZZ
HARDENING += -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifdef SANITIZE
HARDENING += -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else
HARDENING += -O2 -D_FORTIFY_SOURCE=2 -fstack-clash-protection
endif
ifeq ($(shell uname -m),x86_64)
HARDENING += -fcf-protection
endif

VERSION := 0.1.0
CPPFLAGS += -D_GNU_SOURCE -DROTONDE_VERSION='"$(VERSION)"' -Isrc -include base/banned.h
CFLAGS ?= -g
# Asked when first used: `make demo` and `make test` install pkg-config and the packages before.
PACKAGE_CFLAGS = $(eval PACKAGE_CFLAGS := $$(shell $(PKG_CONFIG) --cflags $(PACKAGES) | sed 's/-I/-isystem /g'))$(PACKAGE_CFLAGS)
PACKAGE_LIBS = $(eval PACKAGE_LIBS := $$(shell $(PKG_CONFIG) --libs $(PACKAGES)))$(PACKAGE_LIBS)
# Warnings are errors in check and CI only. What was built without is built again, or a warning would slip through.
ERRORS := $(if $(WERROR),-Werror)
ALL_CFLAGS = -std=c17 $(WARNINGS) $(HARDENING) $(CFLAGS) $(CPPFLAGS) $(PACKAGE_CFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(LDFLAGS)

SOURCES := $(sort $(wildcard src/*/*.c src/*/*/*.c))
EMBEDDED := $(sort $(wildcard config/k-buurt-2022* locales/*.json src/store/migrations/*.sql))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/embedded.o
LIBRARY := $(BUILD)/librotonde.a

UNIT_TESTS := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_PROGRAMS := $(UNIT_TESTS:tests/%.c=$(BUILD)/tests/%)
FUZZ_TARGETS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_PROGRAMS := $(FUZZ_TARGETS:tests/%.c=$(BUILD)/tests/%)
CMOCKA_CFLAGS := $(shell $(PKG_CONFIG) --cflags cmocka 2>/dev/null)
CMOCKA_LIBS := $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null)

.PHONY: all
all: $(BUILD)/rotonde

$(BUILD)/rotonde: $(BUILD)/obj/main.o $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ERRORS) $(ALL_LDFLAGS) -o $@ $^ $(PACKAGE_LIBS) -lm

$(LIBRARY): $(OBJECTS)
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/obj/%.o: src/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ERRORS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/embedded.c: tools/embed $(EMBEDDED)
	@mkdir -p $(@D)
	$(Q)tools/embed $(EMBEDDED) > $@

$(BUILD)/obj/embedded.o: $(BUILD)/gen/embedded.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ERRORS) -MMD -MP -c -o $@ $<

# Changed flags or a changed list of files rebuild what they touch.
.PHONY: FORCE
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(ERRORS) $(ALL_LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(ERRORS) $(ALL_LDFLAGS)' > $@

$(BUILD)/tests/%: tests/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ERRORS) -Itests $(CMOCKA_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) $(PACKAGE_LIBS) $(CMOCKA_LIBS) -lm

# A fuzz target with a main that replays its corpus once, for check.
$(BUILD)/tests/fuzz/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ERRORS) -Itests $(ALL_LDFLAGS) -o $@ $(filter %.c,$^) $(LIBRARY) $(PACKAGE_LIBS) -lm

# The same target under libFuzzer.
$(BUILD)/libfuzzer/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -Itests -fsanitize=fuzzer $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) $(PACKAGE_LIBS) -lm

.PHONY: check check-unit check-layers check-schema
check:
	@$(MAKE) --no-print-directory WERROR=1 check-layers check-schema all
	@tools/sum-tests "$(MAKE) --no-print-directory WERROR=1 check-unit" "$(MAKE) --no-print-directory WERROR=1 check-golden"

check-layers:
	@tools/check-layers

check-schema:
	@tools/check-schema

check-unit: $(UNIT_PROGRAMS) $(FUZZ_PROGRAMS)
	@tools/run-tests $(UNIT_PROGRAMS) $(FUZZ_PROGRAMS)

GOLDEN := $(sort $(wildcard tests/golden/*.chat)) tests/demo/demo.chat
.PHONY: check-golden golden
check-golden: $(BUILD)/rotonde
	@tools/run-golden $(BUILD)/rotonde $(GOLDEN)

# Rewrite the golden conversations to what the program says now; read the diff before you commit it.
golden: $(BUILD)/rotonde
	tools/run-golden --update $(BUILD)/rotonde $(GOLDEN)

# The same tests again under the sanitizers and under valgrind.
VALGRIND ?= valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
	--show-leak-kinds=definite --child-silent-after-fork=yes
.PHONY: check-asan check-valgrind
asan := --no-print-directory SANITIZE=1 BUILD=build/asan WERROR=1
check-asan:
	@tools/sum-tests "$(MAKE) $(asan) check-unit" "$(MAKE) $(asan) check-golden"

check-valgrind: $(UNIT_PROGRAMS) $(FUZZ_PROGRAMS)
	@if command -v $(firstword $(VALGRIND)) >/dev/null; then \
		RUNNER='$(VALGRIND)' tools/run-tests $(UNIT_PROGRAMS) $(FUZZ_PROGRAMS); \
	else \
		printf '*** SKIPPED, NOT TRIED: valgrind is not installed\n0 passed, 0 failed, 1 skipped\n'; \
	fi

# What is missing comes first; the rest as fast as the machine can.
fast := --no-print-directory -j$(shell nproc)
.PHONY: demo
demo:
	@tools/install-deps build
	@$(MAKE) $(fast) all
	@tools/demo $(BUILD)/rotonde

# Everything. The scenarios make themselves a Synapse the first time: a minute, 400 MB, as root; or say where
# one runs with SYNAPSE_URL and SYNAPSE_SHARED_SECRET (tests/scenario/README.md).
.PHONY: test check-scenarios
test:
	@tools/install-deps test || echo '*** Testing with what is here.'
	@tools/sum-tests "$(MAKE) $(fast) check" "$(MAKE) $(fast) check-asan" "$(MAKE) $(fast) WERROR=1 check-valgrind" \
		"$(MAKE) $(fast) WERROR=1 check-sim" "$(MAKE) $(fast) WERROR=1 check-bench" \
		"$(MAKE) $(fast) WERROR=1 check-scenarios"

check-scenarios: $(BUILD)/rotonde
	@ROTONDE=$(abspath $(BUILD)/rotonde) /usr/bin/python3 tests/scenario/runner.py

# A year of the whole neighbourhood, all from one seed; `make sim SEED=7 DAYS=30` plays another life.
SEED ?= 1
DAYS ?= 365
.PHONY: sim check-sim
sim: all
	@/usr/bin/python3 tests/sim/sim.py $(BUILD)/rotonde --seed $(SEED) --days $(DAYS)

check-sim: $(BUILD)/rotonde
	@/usr/bin/python3 tests/sim/sim.py $(BUILD)/rotonde

# Second readers: clang-tidy and cppcheck.
.PHONY: tidy
tidy: export TIDY_FLAGS = $(filter-out $(HARDENING),$(ALL_CFLAGS))
tidy:
	@tools/run-tidy src/main.c $(SOURCES)

# Look for new findings; `make fuzz-amount` tries one target.
FUZZ_SECONDS ?= 20
libfuzzer := --no-print-directory CC=clang BUILD=build/fuzz FUZZ=1
.PHONY: fuzz
fuzz:
	@$(MAKE) $(libfuzzer) $(FUZZ_TARGETS:tests/fuzz/%.c=build/fuzz/libfuzzer/%)
	@tools/run-fuzz $(FUZZ_SECONDS) $(FUZZ_TARGETS:tests/fuzz/%.c=build/fuzz/libfuzzer/%)

fuzz-%:
	@$(MAKE) $(libfuzzer) build/fuzz/libfuzzer/fuzz_$*
	@tools/run-fuzz $(FUZZ_SECONDS) build/fuzz/libfuzzer/fuzz_$*

# Time, memory and growth, measured; docs/BENCH.md tells how to read the table. Some five minutes.
BENCH_PROGRAMS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/bench/bench_*.c)))
BENCH_PARTS := tests/bench/measure.c tests/bench/answer.c tests/bench/stage.c tests/bench/town.c tests/bench/fill.c
$(BUILD)/tests/bench/bench_%: tests/bench/bench_%.c $(BENCH_PARTS) $(wildcard tests/bench/*.h) $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ERRORS) -Itests $(ALL_LDFLAGS) -o $@ $(filter %.c,$^) $(LIBRARY) $(PACKAGE_LIBS) -lm

.PHONY: bench check-bench
bench:
	@tools/install-deps bench || echo '*** Measuring with what is here.'
	@$(MAKE) $(fast) all $(BENCH_PROGRAMS)
	@/usr/bin/python3 tests/bench/bench.py $(BUILD) $(CC)

# Can all of it still be measured?
check-bench: all $(BENCH_PROGRAMS)
	@/usr/bin/python3 tests/bench/bench.py $(BUILD) $(CC) --try

# The program, the units and something to read. What is in /etc and the data are the operator's: docs/INSTALL.md.
place := sed 's|/usr/local|$(PREFIX)|g'
.PHONY: install
install: all
	install -D -m 755 $(BUILD)/rotonde $(DESTDIR)$(PREFIX)/bin/rotonde
	install -d $(DESTDIR)$(PREFIX)/lib/rotonde $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/lib/sysusers.d
	$(place) deploy/backup > $(DESTDIR)$(PREFIX)/lib/rotonde/backup
	chmod 755 $(DESTDIR)$(PREFIX)/lib/rotonde/backup
	for unit in rotonde.service rotonde-backup.service rotonde-backup.timer; do \
		$(place) deploy/$$unit > $(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit || exit 1; \
	done
	install -m 644 deploy/rotonde.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/rotonde.conf
	install -d $(DESTDIR)$(PREFIX)/share/doc/rotonde/examples
	install -m 644 README.md docs/INSTALL.md docs/CONFIG.md docs/EXPLAIN.md $(DESTDIR)$(PREFIX)/share/doc/rotonde
	install -m 644 config/rotonde.*.yaml config/k-buurt-2022*.csv $(DESTDIR)$(PREFIX)/share/doc/rotonde/examples

.PHONY: clean
clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d) $(BUILD)/obj/main.d $(addsuffix .d,$(UNIT_PROGRAMS))
