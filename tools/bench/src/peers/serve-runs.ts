import { createServer } from 'node:http'

type Run = (n: number) => Promise<object>

/** HTTP in front of a library: `POST /<name>` runs it and answers when the run has ended. */
export function serveRuns(port: number, runs: Readonly<Record<string, Run>>): void {
  const answer = async (name: string): Promise<object | null> => {
    if (name === 'healthz') return {}
    // Called without a receiver: DBOS takes one for an instance of its own.
    const run = Object.hasOwn(runs, name) ? runs[name] : undefined
    return run ? run(1) : null
  }
  const server = createServer((request, response) => {
    request.resume()
    const end = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    answer(request.url?.slice(1) ?? '').then(
      (body) => (body ? end(200, body) : end(404, {})),
      (error) => end(500, { error: String(error) }),
    )
  })
  server.listen(port, '127.0.0.1')
}
