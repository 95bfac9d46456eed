FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/reportedly
RUN python -m venv .venv
COPY requirements.txt .
RUN .venv/bin/pip install --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
RUN .venv/bin/pip install --no-deps --no-build-isolation --editable . \
 && .venv/bin/python -m compileall -q app

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home reportedly
WORKDIR /srv/reportedly
COPY --from=build /srv/reportedly /srv/reportedly
COPY seeds seeds
ENV PATH=/srv/reportedly/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    REPORTEDLY_HOST=0.0.0.0 \
    REPORTEDLY_DATABASE_URL=sqlite:////data/reportedly.db
USER reportedly
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('REPORTEDLY_PORT', 8000)}/readyz\", timeout=2)"]
CMD ["reportedly", "serve"]
