# The gateway's image, built in a container: docker build -t slipway-gateway .
# It needs nothing but an engine and its registry. `make image` makes the same image with this machine's Swift: it takes
# everything from FROM scratch on. For another processor: docker build --platform linux/arm64 (docs/images.md).
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.* ./
COPY Sources Sources
COPY Examples Examples
COPY Tests Tests
# The words of `make release`; docs/decisions/0007 says why these.
RUN swift build -c release -Xswiftc -static-executable -Xswiftc -cross-module-optimization \
        --scratch-path .build/release-static -Xswiftc -enforce-exclusivity=unchecked --product slipway-gateway \
    && mkdir -p /image/usr/local/bin /image/etc/ssl/certs \
    && strip -o /image/usr/local/bin/slipway-gateway .build/release-static/release/slipway-gateway \
    && cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/

FROM scratch
ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="slipway-gateway" \
    org.opencontainers.image.description="Serves any MCP server over Streamable HTTP, correctly on many replicas." \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
COPY --from=build /image/ /
ENV PATH=/usr/local/bin SLIPWAY_HOST=0.0.0.0
EXPOSE 8001
# A number, so that a platform can see that it is not root.
USER 65532:65532
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["slipway-gateway", "health"]
ENTRYPOINT ["slipway-gateway"]
