// The service behind every contender, and the collector of traces. Started by surroundings.ts.
import { createServer } from 'node:http'

/** About as long as the view of a resource. */
const BODY = JSON.stringify({
  data: Array.from({ length: 4 }, (_, n) => ({ id: `wf_${n}`, name: `workflow ${n}` })),
})
const HEAD = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) }

createServer((request, response) => {
  request.resume()
  // A run that says nothing yet.
  if (request.url?.endsWith('/events')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n')
    return
  }
  response.writeHead(200, HEAD).end(BODY)
}).listen(Number(process.env.PORT), '127.0.0.1')
