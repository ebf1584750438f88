# Rasa 3.6 with the trained model. Build from the repository's root:
#   docker build -f docker/bot.Dockerfile -t inquiry-bot .

FROM python:3.10-slim-bookworm AS base
ENV PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=2
WORKDIR /app
COPY bot/requirements.lock bot/requirements.lock
RUN python -m venv /app/.venv \
 && /app/.venv/bin/pip install --require-hashes --no-deps -r bot/requirements.lock
COPY bot/ bot/
RUN /app/.venv/bin/python bot/training.py --home /app/var
RUN useradd --system --uid 10001 --home-dir /tmp inquiry
USER inquiry
EXPOSE 5005
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=4 CMD \
    ["/app/.venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5005/', timeout=4)"]
CMD ["/app/.venv/bin/python", "bot/launcher.py", "run", "--interface", "0.0.0.0", "--port", "5005", \
     "--model", "/app/var/bot/model.tar.gz", "--endpoints", "bot/endpoints.yml", \
     "--credentials", "bot/credentials.yml"]
