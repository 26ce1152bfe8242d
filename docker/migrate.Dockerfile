# syntax=docker/dockerfile:1.7-labs
# From the root of the repository: docker build -f docker/migrate.Dockerfile -t dure/migrate .
# Brings the database of one service up to date and ends: DATABASE_URL=... and --app apps/<service>.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /dure
COPY --parents package.json package-lock.json .npmrc */*/package.json ./
RUN npm ci --ignore-scripts --omit=dev --omit=peer --omit=optional --workspace=@dure/dev \
 && rm -rf node_modules/@dure

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /dure
COPY --from=packages /dure/node_modules node_modules
COPY tools/dev/package.json tools/dev/package.json
COPY tools/dev/src tools/dev/src
COPY --parents apps/*/prisma ./
USER 1000:1000
ENTRYPOINT ["node", "tools/dev/src/migrate-command.ts", "deploy"]
