import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@dure/dev'
import type { Contender, Surroundings } from './contender.ts'
import { programOnPath, startLoggingProgram } from './program.ts'

/** One worker each, as the others have one process; with an access log. */
export const nginx: Contender = server('nginx', async ({ upstreamUrl, infrastructure }, port) => {
  const folder = infrastructure.directory
  // Its worker may be another user.
  chmodSync(folder, 0o755)
  const config = `
    daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/nginx-error.log;
    events { worker_connections 1024; }
    http {
      access_log ${folder}/nginx-access.log;
      client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
      uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
      upstream service { server ${new URL(upstreamUrl).host}; keepalive 64; }
      server {
        listen 127.0.0.1:${port};
        location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; }
      }
    }`
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, config)
  return ['-c', file]
})

export const haproxy: Contender = server(
  'haproxy',
  async ({ upstreamUrl, infrastructure }, port) => {
    const config = `
global
  nbthread 1
  maxconn 1024
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  option http-no-delay
  timeout connect 2s
  timeout client 60s
  timeout server 60s
frontend in
  bind 127.0.0.1:${port}
  default_backend service
backend service
  http-reuse always
  server service ${new URL(upstreamUrl).host}
`
    const file = join(infrastructure.directory, 'haproxy.cfg')
    writeFileSync(file, config)
    return ['-f', file]
  },
)

type Configure = (surroundings: Surroundings, port: number) => Promise<readonly string[]>

function server(name: string, configure: Configure): Contender {
  return {
    name,
    does: 'access log',
    packages: [],
    absence: () => (programOnPath(name) ? null : `there is no ${name} on this machine`),
    async start(surroundings) {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const { pid, stop } = await startLoggingProgram(surroundings.infrastructure, {
        name,
        command: programOnPath(name) ?? name,
        args: await configure(surroundings, port),
        env: {},
        cwd: surroundings.infrastructure.directory,
        readyUrl: url,
      })
      return { url, pids: [pid], stop }
    },
  }
}
