# The service. The model is prepared in a stage of its own: the image that runs carries neither
# torch nor a compiler. Build from the repository's root:
#   docker build -f docker/service.Dockerfile -t inquiry-service .

FROM python:3.11-slim-bookworm AS base
ENV PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app
COPY requirements/ requirements/
RUN python -m venv /app/.venv \
 && /app/.venv/bin/pip install --require-hashes --no-deps -r requirements/service.lock
COPY pyproject.toml README.md LICENSE ./
COPY src/ src/
RUN /app/.venv/bin/pip install --no-deps --editable .

FROM base AS model
RUN /app/.venv/bin/pip install uv==0.13.9 \
 && /app/.venv/bin/python -m uv pip install --python /app/.venv/bin/python --no-deps \
      --torch-backend=cpu "torch==$(cat requirements/torch.version)" \
 && /app/.venv/bin/pip install --require-hashes --no-deps -r requirements/encoder.lock
RUN INQUIRY_HOME=/model /app/.venv/bin/inquiry-service encoder prepare

FROM base AS service
RUN useradd --system --uid 10001 --home-dir /app inquiry && mkdir /data && chown inquiry /data
COPY --from=model /model/models/ /app/models/
COPY knowledge/ knowledge/
USER inquiry
ENV INQUIRY_ENVIRONMENT=production \
    INQUIRY_HOME=/data \
    INQUIRY_MODELS=/app/models \
    INQUIRY_HOST=0.0.0.0 \
    INQUIRY_PORT=8000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=4 CMD \
    ["/app/.venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["sh", "-c", "/app/.venv/bin/inquiry-service knowledge build && exec /app/.venv/bin/inquiry-service serve"]
