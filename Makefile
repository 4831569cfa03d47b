# Staffroom: `make help` lists what can be made.
#
# Everything made lands in build/<variant>/, objects under the path of their
# source. A variant is a way of compiling the same tree:
#   release  what a kiosk runs          asan  address and undefined behaviour
#   strict   the same, with -Werror     tsan  data races
#                                       fuzz  clang's libFuzzer
# `make VARIANT=asan` makes another one; the targets below choose for you.

.DEFAULT_GOAL := all
.SUFFIXES:
.DELETE_ON_ERROR:

VARIANT ?= release
B := build/$(VARIANT)

# For which machine, in Debian's word. Another one than this needs its compiler
# and its libraries (tests/check-arm64.sh says how to get them), and is built
# beside ours. (Some have an ARCH in their environment that means the kernel's.)
OWN_ARCH := $(shell dpkg --print-architecture 2>/dev/null)
ifneq ($(origin ARCH),command line)
ARCH := $(OWN_ARCH)
endif
PKG_CONFIG ?= pkg-config
ifneq ($(ARCH),$(OWN_ARCH))
B := build/$(VARIANT)-$(ARCH)
TRIPLET := $(shell dpkg-architecture -a $(ARCH) -q DEB_HOST_GNU_TYPE 2>/dev/null)
CC := $(TRIPLET)-gcc
PKG_CONFIG := PKG_CONFIG_LIBDIR=/usr/lib/$(TRIPLET)/pkgconfig:/usr/share/pkgconfig \
    pkg-config
endif

# As many compilers as cores, unless told otherwise.
ifeq ($(MAKELEVEL)$(findstring -j,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif

# Debian's names. "a/b": either will do, a is installed when both are missing.
BUILD_PACKAGES := gcc libc6-dev pkgconf/pkg-config libsdl2-dev libsdl2-ttf-dev \
    libsdl2-image-dev libcurl4-openssl-dev/libcurl4-gnutls-dev libcjson-dev \
    libsqlite3-dev libmicrohttpd-dev libsodium-dev liboath-dev \
    libinih-dev libfribidi-dev libunistring-dev libqrencode-dev libical-dev \
    libdrm-dev
RUN_PACKAGES := libegl1 libgles2 libgl1-mesa-dri fonts-dejavu-core tzdata \
    ca-certificates
SCREEN_PACKAGES := xvfb procps libx11-dev libxtst-dev
TEST_PACKAGES := $(SCREEN_PACKAGES) libcmocka-dev cppcheck clang xdotool \
    x11-utils nginx caddy chromium python3 openssl curl tzdata ca-certificates \
    fonts-dejavu-core poppler-utils zbar-tools iproute2 fakeroot lintian
FUZZ_PACKAGES := clang libclang-rt-dev
BENCH_PACKAGES := $(SCREEN_PACKAGES) python3
HUB_BENCH_PACKAGES := python3 nginx wrk curl
DEB_PACKAGES := dpkg-dev fakeroot

# ---- how things are compiled ------------------------------------------------

PKGS := sdl2 SDL2_ttf SDL2_image libcurl libcjson inih fribidi sqlite3 libqrencode \
    libdrm
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)
LIBS := $(PKG_LIBS) -lunistring -lm -pthread

# The hub's, without a screen. Nothing of it is ever linked into the kiosk.
HUB_PKGS := libmicrohttpd libsodium liboath libcurl libcjson inih sqlite3 \
    libqrencode
PKG_CFLAGS += $(shell $(PKG_CONFIG) --cflags $(HUB_PKGS) 2>/dev/null)
HUB_LIBS := $(shell $(PKG_CONFIG) --libs $(HUB_PKGS) 2>/dev/null) \
    -lunistring -lm -pthread

# The calendar's: it reads what strangers wrote, so it is a process of its own
# that is given nothing else. Nothing of libical is linked into the others.
CALENDAR_LIBS := -lical -lunistring -lm

CPPFLAGS += -D_GNU_SOURCE -Isrc -I. $(PKG_CFLAGS)
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
    -Wvla -Wundef -Wformat=2 -Wwrite-strings -Wlogical-op

release_CFLAGS := $(WARNINGS) -O2 -fPIE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 \
    -fstack-protector-strong
release_LDFLAGS := -pie -Wl,-z,relro,-z,now
strict_CFLAGS := $(release_CFLAGS) -Werror
strict_LDFLAGS := $(release_LDFLAGS)
asan_CFLAGS := $(WARNINGS) -Werror -O1 -fno-omit-frame-pointer \
    -fsanitize=address,undefined -fno-sanitize-recover=all
asan_LDFLAGS := -fsanitize=address,undefined
tsan_CFLAGS := $(WARNINGS) -Werror -O1 -fno-omit-frame-pointer -fsanitize=thread
tsan_LDFLAGS := -fsanitize=thread
fuzz_CFLAGS := -O1 -fno-omit-frame-pointer \
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
fuzz_LDFLAGS := -fsanitize=fuzzer,address,undefined

ifeq ($(VARIANT),fuzz)
CC := clang
else ifeq ($(origin CC),default)
CC := gcc
endif

COMPILE = $(CC) -std=c11 -g $(CPPFLAGS) $($(VARIANT)_CFLAGS) $(CFLAGS) -MMD -MP
LINK = $(CC) $($(VARIANT)_LDFLAGS) $(LDFLAGS) -Wl,--as-needed

$B/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  compile $<  ($(VARIANT))"
	@$(COMPILE) -c -o $@ $<

# The loop that blends two pictures is the one that wants vectors.
$B/src/sdl/blend.o: CFLAGS += -O3

# ---- the programs -----------------------------------------------------------

ROOMS := base core view io sdl kiosk hub calendar
SOURCES := $(sort $(wildcard $(ROOMS:%=src/%/*.c)))
MAINS := src/kiosk/main.c src/hub/main.c src/calendar/main.c
PROGRAM_NAMES := staffroom staffroom-hub staffroom-calendar
objects_in = $(patsubst %.c,$B/%.o,$(filter-out $(MAINS),\
    $(sort $(wildcard $(1:%=src/%/*.c)))))

all: libraries $(PROGRAM_NAMES:%=$B/%) ## all programs (the default)

# The rooms as archives, one for each program: it takes from it what it uses,
# and a room that is still being built costs it nothing.
$B/rooms.a: $(call objects_in,base core view io sdl kiosk)
$B/hub.a: $(call objects_in,base core io hub)
$B/calendar.a: $(call objects_in,base core calendar)
$B/rooms.a $B/hub.a $B/calendar.a:
	@rm -f $@
	@ar rcs $@ $^

$B/staffroom: $B/src/kiosk/main.o $B/rooms.a | libraries
	@echo "  link    $@"
	@$(LINK) -o $@ $^ $(LIBS)

$B/staffroom-hub: $B/src/hub/main.o $B/hub.a
	@echo "  link    $@"
	@$(LINK) -o $@ $^ $(HUB_LIBS)

$B/staffroom-calendar: $B/src/calendar/main.o $B/calendar.a
	@echo "  link    $@"
	@$(LINK) -o $@ $^ $(CALENDAR_LIBS)

libraries:
	@$(PKG_CONFIG) --print-errors --exists $(PKGS) $(HUB_PKGS) libical || { \
	    echo "Libraries are missing; 'make packages' installs them."; exit 1; }

# ---- programs under tests/ --------------------------------------------------

# Each says in its first lines what it is made of, and the Makefile believes it:
#   // links: src/core/date.c src/base/*.c      (a program's main.c never is)
#   // libs: -lcjson
# There may be several of either. Who takes core/qr.c, often one of core/*.c, gets
# its library with it.
TESTS := $(sort $(wildcard tests/test_*.c))
FUZZERS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
BENCHES := $(sort $(wildcard tests/bench/*.c))
PROGRAMS := $(TESTS) $(FUZZERS) $(BENCHES)

build/programs.mk: $(PROGRAMS) Makefile
	@mkdir -p build
	@awk '/^\/\/ (links|libs): / { name = substr(FILENAME, 1, \
	    length(FILENAME) - 2); what = substr($$2, 1, length($$2) - 1); \
	    $$1 = $$2 = ""; print name "_" what " +=" $$0 }' $(PROGRAMS) > $@
-include build/programs.mk

objects = $(patsubst %.c,$B/%.o,$(foreach s,$1,$(if $(findstring *,$s),\
    $(filter-out $(MAINS),$(wildcard $s)),$s)))
define program_rule
$B/$1: $B/$1.o $(call objects,$($1_links)) $2
	@echo "  link    $$@"
	@$$(LINK) -o $$@ $$(filter %.o,$$^) $($1_libs) $3 \
	    $$(if $$(filter %/core/qr.o,$$^),-lqrencode) -lm -pthread
endef
$(foreach t,$(TESTS:.c=),$(eval $(call program_rule,$t,,-lcmocka)))
$(foreach t,$(BENCHES:.c=),$(eval $(call program_rule,$t)))
$(foreach t,$(FUZZERS:.c=),$(eval $(call program_rule,$t,\
    $(if $(filter-out fuzz,$(VARIANT)),$B/tests/fuzz/replay.o))))

tests: $(TESTS:%.c=$B/%)
fuzzers: $(FUZZERS:%.c=$B/%)
benches: $(BENCHES:%.c=$B/%)

# `make test_rotation`: that one test, under the sanitizers.
$(TESTS:tests/%.c=%):
	@$(MAKE) --no-print-directory VARIANT=asan build/asan/tests/$@
	@build/asan/tests/$@

# clang's analyzer; the object stands for the headers the source includes.
build/analyze/%.ok: %.c build/strict/%.o
	@mkdir -p $(@D)
	@echo "  analyze $<"
	@clang --analyze --analyzer-output text -Xclang -analyzer-werror \
	    -std=c11 $(CPPFLAGS) -o /dev/null $<
	@touch $@
analyze: $(patsubst %.c,build/analyze/%.ok,\
    $(wildcard src/base/*.c src/core/*.c src/io/*.c src/hub/*.c \
    src/calendar/*.c))

# ---- what people type -------------------------------------------------------

SAMPLE := build/sample/feed.json
FEED ?= $(SAMPLE)
WINDOW ?=
DATA ?= build/hub
WHAT ?=
FUZZ_SECONDS ?= 60
SOAK_DAYS ?= 30
SOAK_SPEED ?= 100
SOAK_SECONDS ?= 900

.PHONY: all libraries help packages run hub sample preview deb check lab \
    check-arm64 golden soak soak-postits soak-touch soak-hub fuzz bench \
    bench-hub clean tests fuzzers benches analyze

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' \
	    Makefile
	@echo "  make test_…       one test program: make test_rotation"

packages: ## install from Debian what the build and the kiosk need
	@.ci/packages $(BUILD_PACKAGES) $(RUN_PACKAGES)

run: packages ## install, build and show the sample (FEED=… WINDOW=1280x720)
	@$(MAKE) --no-print-directory VARIANT=release all sample
	@$(RUN_$(if $(filter $(SAMPLE),$(FEED)),SAMPLE,FEED)) || { \
	    status=$$?; [ $$status -eq 3 ] || exit $$status; \
	    echo "So every slide is drawn as a picture instead:"; \
	    $(MAKE) --no-print-directory preview; \
	    echo "The hub needs no display: 'make hub' starts it alone."; }

# A feed of one's own is shown as it is, without a hub.
RUN_SAMPLE = config/run-together.sh build/release $(SAMPLE) build/run "$(WINDOW)"
RUN_FEED = build/release/staffroom --feed "$(FEED)" \
    $(if $(WINDOW),--window "$(WINDOW)")

hub: packages sample ## start the hub alone on 127.0.0.1:8080 (DATA=build/hub)
	@$(MAKE) --no-print-directory VARIANT=release all
	@build/release/staffroom-hub --data "$(DATA)" --listen 127.0.0.1:8080 \
	    --sample $(SAMPLE)

# The sample was written for one week; what is shown is moved to this one.
sample:
	@mkdir -p build/sample
	@cp -R assets/sample/. build/sample/
	@sh assets/sample/shift-weeks.sh < assets/sample/feed.json \
	    > build/sample/feed.json.new
	@mv build/sample/feed.json.new build/sample/feed.json

preview: sample all ## every slide as a picture in build/preview/
	@rm -rf build/preview
	@mkdir -p build/preview
	@$B/staffroom --render build/preview --feed "$(FEED)" --size 1920x1080
	@echo "Every slide is now a picture in $(CURDIR)/build/preview"

deb: ## Debian packages of both, in build/deb/ (ARCH=arm64)
	@.ci/packages $(if $(filter $(ARCH),$(OWN_ARCH)),$(BUILD_PACKAGES)) \
	    $(DEB_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=release all
	@config/deb/build $(ARCH) $B build/deb

check: ## install what the tests need, build and run all of them
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@.ci/browser || echo "The walks in a browser will be skipped."
	+@tests/run-all.sh

lab: ## the packages in virtual machines (STAFFROOM_LAB=… WHAT=kiosk)
	@$(MAKE) --no-print-directory deb
	@tests/lab/run.sh $(WHAT)

check-arm64: sample ## build what a Pi runs, and run it here, emulated
	+@tests/check-arm64.sh

golden: ## write tests/golden/ anew from what the code does now; read the diff
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=asan all tests
	@tests/write-goldens.sh

soak: ## a month of rotation, a hundred times faster (SOAK_DAYS= SOAK_SPEED=)
	@.ci/packages $(BUILD_PACKAGES) $(RUN_PACKAGES) $(SCREEN_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=release all sample
	@tests/soak.sh "$(SOAK_DAYS)" "$(SOAK_SPEED)"

soak-postits: ## kill and power-cut the store of post-its (SOAK_SECONDS=900)
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=asan $(addprefix \
	    build/asan/tests/test_,kiosk_store power_cut bad_disk)
	@tests/soak-postits.sh "$(SOAK_SECONDS)"

soak-touch: ## random fingers on every screen for ten minutes
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=asan build/asan/tests/test_show_random
	@STAFFROOM_RANDOM_RUNS=250 build/asan/tests/test_show_random

fuzz: ## throw nonsense at every reader (FUZZ_SECONDS=60 for each)
	@.ci/packages $(BUILD_PACKAGES) $(FUZZ_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzzers
	@tests/fuzz/run.sh "$(FUZZ_SECONDS)" $(FUZZERS:tests/fuzz/%.c=%)

bench: ## measure the kiosk, beside the floor and beside Chromium
	@.ci/packages $(BUILD_PACKAGES) $(RUN_PACKAGES) $(BENCH_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=release all sample benches
	@tests/bench/run.sh

bench-hub: ## the hub beside nginx and SQLite, then a break (HUB_BENCH_SECONDS=600)
	@.ci/packages $(BUILD_PACKAGES) $(HUB_BENCH_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=release all sample benches
	@tests/bench/hub.sh

soak-hub: ## kill a hub that takes post-its, again and again (SOAK_SECONDS=900)
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory VARIANT=asan all benches
	@STAFFROOM_SOAK_SECONDS="$(SOAK_SECONDS)" bash tests/e2e_hub_break.sh

clean: ## remove build/
	@rm -rf build

-include $(patsubst %.c,$B/%.d,$(SOURCES) $(wildcard tests/*.c tests/*/*.c))
