# EMUS: `make run` plays, `make test` tests; both install what is missing first.
SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=
PACKAGES := build-essential libncurses-dev libopencv-dev libopencv-contrib-dev opencv-data \
  libmpv-dev libsqlite3-dev libtag1-dev libchafa-dev libglib2.0-dev libjpeg-dev libpng-dev tmux \
  ffmpeg
SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE := -c release --static-swift-stdlib $(SWIFT_FLAGS)
BIN := .build/release
DATA := $(DESTDIR)$(PREFIX)/share/emus

INPUTS ?= 100000
SECONDS_EACH ?= 60
.PHONY: run test build install uninstall clean bench fuzz libfuzzer format lint setup

run: build
	@$(BIN)/emus --demo-fallback $(ARGS)

build: setup
	swift build $(RELEASE) --product emus
	swift build $(RELEASE) --product emus-eye

test: setup
	swift build --build-tests $(SWIFT_FLAGS)
	swift test --skip-build --no-parallel

bench: build
	swift build $(RELEASE) --product Benchmarks
	$(BIN)/Benchmarks $(ARGS)

fuzz: setup
	swift build --build-tests $(SWIFT_FLAGS)
	EMUS_FUZZ=$(INPUTS) swift test --skip-build --no-parallel --filter '/mutations\(\)'

libfuzzer:
	Tests/Fuzzing/run $(SECONDS_EACH)

setup:
	@.ci/setup $(PACKAGES)

install:
	@test -x $(BIN)/emus || { echo "nothing is built yet: run make build first" >&2; exit 1; }
	install -d $(DESTDIR)$(PREFIX)/bin $(DATA)/Weights $(DATA)/Themes $(DATA)/Library
	install -s -m 755 $(BIN)/emus $(BIN)/emus-eye $(DESTDIR)$(PREFIX)/bin
	install -m 644 Weights/emotion.onnx Weights/emotion.json Weights/hog.svm $(DATA)/Weights
	install -m 644 Themes/*.theme $(DATA)/Themes
	install -m 644 Library/tracks.csv Library/README.md $(DATA)/Library
	find Library/music -type f -exec install -D -m 644 {} $(DATA)/{} \;

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/emus $(DESTDIR)$(PREFIX)/bin/emus-eye
	rm -rf $(DATA)

clean:
	swift package clean

format:
	swift format -ip -r Sources Tests Package.swift

lint:
	swift format lint --strict -rp Sources Tests Package.swift
