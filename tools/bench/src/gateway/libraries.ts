import { fileURLToPath } from 'node:url'
import { freePort } from '@dure/dev'
import type { Contender, Surroundings } from './contender.ts'
import { startLoggingProgram } from './program.ts'

/** Nothing but forwarding: the plugin that a Fastify service would take. */
export const bareHttpProxy: Contender = library({
  name: '@fastify/http-proxy',
  does: 'nothing else',
  packages: ['fastify@5.12.8', '@fastify/http-proxy@11.6.3'],
  entry: 'http-proxy-process.ts',
})

/** What one gets by putting the usual plugins together. */
export const stock: Contender = library({
  name: 'stock plugins',
  does: 'key (HMAC), @fastify/rate-limit on Redis, automatic tracing (1 % sampled), two log lines',
  packages: [
    'fastify@5.12.8',
    '@fastify/http-proxy@11.6.3',
    '@fastify/rate-limit@11.2.0',
    'ioredis@6.0.0',
    '@opentelemetry/api@1.10.0',
    '@opentelemetry/sdk-node@0.301.0',
    '@opentelemetry/instrumentation-http@0.301.0',
    '@opentelemetry/instrumentation-undici@0.34.0',
  ],
  entry: 'stock-process.ts',
})

export const httpProxy: Contender = library({
  name: 'http-proxy',
  does: 'nothing else',
  packages: ['http-proxy@1.18.1'],
  entry: 'node-http-proxy-process.ts',
})

interface Library extends Pick<Contender, 'name' | 'does' | 'packages'> {
  /** Beside this file, under `peers`. */
  readonly entry: string
}

function library({ name, does, packages, entry }: Library): Contender {
  return {
    ...{ name, does, packages },
    absence: () => null,
    async start(surroundings: Surroundings, folder: string) {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const { pid, stop } = await startLoggingProgram(surroundings.infrastructure, {
        name,
        command: process.execPath,
        args: [fileURLToPath(new URL(`./peers/${entry}`, import.meta.url))],
        env: {
          PEER_FOLDER: folder,
          PORT: String(port),
          UPSTREAM_URL: surroundings.upstreamUrl,
          REDIS_URL: surroundings.infrastructure.redisUrl,
          KEYS: surroundings.keys.join(','),
          PEPPER: surroundings.pepper,
          OTEL_EXPORTER_OTLP_ENDPOINT: surroundings.collectorUrl,
          NODE_ENV: 'production',
        },
        cwd: folder,
        readyUrl: `${url}/v1/workflows`,
        headers: { authorization: `Bearer ${surroundings.keys[0]}` },
      })
      return { url, pids: [pid], stop }
    },
  }
}
