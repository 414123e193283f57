# syntax=docker/dockerfile:1

FROM node:26-slim AS tools
# The version of `packageManager` in package.json.
ARG PNPM_VERSION=12.21.0
ENV CI=true \
    pnpm_config_store_dir=/pnpm/store \
    pnpm_config_verify_deps_before_run=false
RUN npm install --global "pnpm@${PNPM_VERSION}"
WORKDIR /app
# Everything that the lockfile names, in a layer that lasts until the lockfile changes.
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN --mount=type=cache,id=pnpm-store,target=/pnpm/store pnpm fetch
COPY . .

FROM tools AS web
RUN --mount=type=cache,id=pnpm-store,target=/pnpm/store \
    pnpm install --frozen-lockfile --offline --filter '@cloakroom/web...' \
 && pnpm --filter @cloakroom/web build

# Not `pnpm deploy`: that copies the workspace's packages below node_modules, and Node.js strips
# no types there.
FROM tools AS server
RUN --mount=type=cache,id=pnpm-store,target=/pnpm/store \
    rm -rf node_modules \
 && pnpm install --prod --frozen-lockfile --offline --filter '@cloakroom/bff...'

FROM node:26-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000
WORKDIR /app
COPY --from=server /app/node_modules node_modules
COPY --from=server /app/packages/contract packages/contract
COPY --from=server /app/packages/profiles packages/profiles
COPY --from=server /app/packages/express packages/express
COPY --from=server /app/apps/bff apps/bff
COPY --from=web /app/apps/web/dist apps/web/dist
# Nothing here belongs to this user, so the process cannot change what it runs.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/bff/src/main.ts"]
