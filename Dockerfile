# syntax=docker/dockerfile:1

# The server, and two smaller things that docker-compose.yml needs: an example worker, and the demo.
#
#   docker build --target server --tag workflow-control .
#
# A digest would pin the base image more firmly than a tag does: whoever releases an image should add one.
ARG PYTHON_IMAGE=python:3.12-slim


# Ours as wheels, then those of all dependencies, with those of tracing: never compiled here, so what has no wheel is an error.
# Ours are named as files, lest an index have a package of the same name.
FROM ${PYTHON_IMAGE} AS wheels
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY clients/python clients/python
COPY migrations migrations
COPY server server
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels ./clients/python . \
 && set -- /wheels/workflow_control-*.whl \
 && pip download --no-cache-dir --only-binary :all: --dest /wheels /wheels/workflow_control_client-*.whl "${1}[tracing]"


FROM wheels AS server-environment
# hadolint ignore=DL3013 # The version is that of the wheel just built.
RUN python -m venv --without-pip /opt/workflow-control \
 && pip --python /opt/workflow-control/bin/python install --no-cache-dir --no-index --find-links /wheels "workflow-control[tracing]"


FROM ${PYTHON_IMAGE} AS worker-environment
ARG DBOS_VERSION=3.4.0
RUN python -m venv --without-pip /opt/worker \
 && pip --python /opt/worker/bin/python install --no-cache-dir --only-binary :all: "dbos==${DBOS_VERSION}"


FROM wheels AS check-environment
# hadolint ignore=DL3013 # The version is that of the wheel just built: it is installed first, and the extra is added to it.
RUN python -m venv --without-pip /opt/check \
 && pip --python /opt/check/bin/python install --no-cache-dir --no-index --find-links /wheels workflow-control \
 && pip --python /opt/check/bin/python install --no-cache-dir --only-binary :all: "workflow-control[dev]"


# An example DBOS worker: orders with slow steps.
FROM ${PYTHON_IMAGE} AS worker
COPY --from=worker-environment /opt/worker /opt/worker
COPY examples/workers/python /app
# A volume that is mounted here begins with this owner, so that the worker may write its order log.
RUN install --directory --owner=65532 --group=65532 /var/lib/orders
ENV PATH=/opt/worker/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /app
USER 65532:65532
CMD ["python", "worker.py"]


# The demo, against a stack that runs already. The source tree, since the demo starts the example's programs.
FROM ${PYTHON_IMAGE} AS check
COPY --from=check-environment /opt/check /opt/check
COPY server /app/server
COPY examples /app/examples
RUN install --directory --owner=65532 --group=65532 /var/lib/orders
ENV PATH=/opt/check/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/app/server \
    PYTHONUNBUFFERED=1
WORKDIR /app
USER 65532:65532
CMD ["python", "-m", "workflow_control.dev.demo"]


# The last stage is what `docker build` makes. No compiler, no shell script, nothing that needs to be written to.
FROM ${PYTHON_IMAGE} AS server
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="workflow-control" \
      org.opencontainers.image.description="A gRPC control plane for DBOS durable workflows, with exactly-once mutations." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="https://github.com/workflow-control/workflow-control"
COPY --from=server-environment /opt/workflow-control /opt/workflow-control
ENV PATH=/opt/workflow-control/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WORKFLOW_CONTROL_HOST=0.0.0.0
# A number, so that Kubernetes can tell that it is not root.
USER 65532:65532
EXPOSE 50051
# Unhealthy means that calls should go elsewhere, as while the database is away; it is no reason for a restart.
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --retries=2 \
    CMD ["python", "-m", "workflow_control", "health", "--service", "readiness"]
# Exec form: Python is process 1, and SIGTERM reaches it.
ENTRYPOINT ["python", "-m", "workflow_control"]
CMD ["serve"]
