.DEFAULT_GOAL := help
.PHONY: help up test check terraform format fuzz bench release image containers clean

# Static, so that an image needs nothing else; docs/decisions/0007 says why with these flags. What is fuzzed is built
# the same way, and checks every access too.
OPTIMIZED := swift build -c release -Xswiftc -static-executable -Xswiftc -cross-module-optimization
RELEASE := $(OPTIMIZED) --scratch-path .build/release-static -Xswiftc -enforce-exclusivity=unchecked
CHECKED := $(OPTIMIZED) --scratch-path .build/release-checked

SWIFT_SOURCES := Sources Tests Examples Plugins Package.swift

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

up: ## A fleet on this machine: make up ARGS="--replicas 3 -- python3 server.py"
	@scripts/require swift
	swift build
	@exec "$$(swift build --show-bin-path)/slipway" up $(ARGS)

test: ## Everything: the sources, the built programs, real MCP clients, and terraform/ on emulated AWS
	@scripts/require swift python terraform
	@scripts/python-clients
	swift build --build-tests
	@scripts/swift-tests
	@scripts/terraform-checks
	@scripts/container-checks images
	@scripts/at-once scripts/terraform-emulated 'scripts/container-checks regions'

check: ## Formatter, warnings as errors, architecture rules
	@scripts/require swift
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)
	swift build --build-tests
	swift test --skip-build --filter ArchitectureTests

terraform: ## The last part of it: plans, rules, policies, and applies to emulated AWS
	@scripts/terraform-checks
	@scripts/terraform-emulated

format: ## Lets the formatter do the formatting
	@scripts/require swift
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

fuzz: ## Two million seeded inputs against whatever strangers' bytes reach: make fuzz ARGS="--seed 7"
	@scripts/require swift
	$(CHECKED) --product slipway-fuzz
	.build/release-checked/release/slipway-fuzz $(ARGS)

bench: ## The gateway beside its peers, the operator's verbs beside what they replace, in ratios
	@scripts/require swift python
	@test -x Benchmarks/run || { echo 'Error: there are no benchmarks in this checkout' >&2; \
		echo 'Hint: git checkout Benchmarks' >&2; exit 1; }
	Benchmarks/run $(ARGS)
	@if [ -z "$(ARGS)" ]; then Benchmarks/verbs; fi

release: ## The gateway as one static binary, for an image FROM scratch
	@scripts/require swift
	$(RELEASE) --product slipway-gateway
	@echo ".build/release-static/release/slipway-gateway"

image: ## The same as a container image: make image IMAGE=ghcr.io/my-org/slipway-gateway
	@scripts/require swift
	@IMAGE="$(IMAGE)" CA_BUNDLE="$(CA_BUNDLE)" scripts/image

containers: ## What of it needs docker: the image, slipway up --containers, a rehearsal with real tasks
	swift build
	@scripts/container-checks

clean: ## Removes everything that was built
	rm -rf .build
