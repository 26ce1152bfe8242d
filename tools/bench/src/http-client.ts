import { Agent, request } from 'node:http'

const TIMEOUT_MS = 120_000

export interface Answer {
  readonly status: number
  readonly text: string
}

/** HTTP with connections that stay open, and with as little CPU per request as Node needs. */
export interface HttpClient {
  get(path: string): Promise<Answer>
  post(path: string, json: string): Promise<Answer>
  close(): void
}

export interface HttpClientOptions {
  readonly url: string
  readonly connections: number
  readonly headers?: () => Readonly<Record<string, string>>
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { url, connections, headers = () => ({}) } = options
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ask = (method: string, path: string, body?: Buffer) =>
    new Promise<Answer>((resolve, reject) => {
      const content = body && { 'content-type': 'application/json', 'content-length': body.length }
      const options = { agent, hostname, port, method, path, headers: { ...headers(), ...content } }
      const outgoing = request(options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
          })
        })
      })
      outgoing.setTimeout(TIMEOUT_MS, () => outgoing.destroy(new Error(`${path}: no answer`)))
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  return {
    get: (path) => ask('GET', path),
    post: (path, json) => ask('POST', path, Buffer.from(json)),
    close: () => agent.destroy(),
  }
}
