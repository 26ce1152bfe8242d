import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createMcpHandler, Server } from '@modelcontextprotocol/server'

export interface Received extends Pick<IncomingMessage, 'method' | 'url' | 'headers'> {
  readonly body: string
}

export interface CountingServer {
  /** `127.0.0.1:port` */
  readonly host: string
  readonly url: string
  readonly received: Received[]
  close(): void
}

type Answer = (received: Received, response: ServerResponse) => unknown

/** A real server that keeps all that it was ever sent. */
export async function countingServer(answer: Answer): Promise<CountingServer> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request
    const one = { method, url, headers, body: await text(request) }
    received.push(one)
    await answer(one, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ host, url: `http://${host}`, received },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const INPUT = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }

/** The tools of the MCP server, as it describes them. */
export function offeredTools(description = 'Reads a note'): object[] {
  return [
    { name: 'read', description, inputSchema: INPUT },
    { name: 'fail', description: 'Reads a note that is not there', inputSchema: INPUT },
    { name: 'write', description: 'Writes a note', inputSchema: INPUT },
    { name: 'erase', description: 'Erases all', inputSchema: INPUT },
  ]
}

export interface McpNotes {
  readonly offered: () => object[]
  /** What stands in the note. */
  readonly note: (id: string) => string
  /** `write` or `erase` was called. */
  readonly changed: (name: string, args: unknown) => void
}

/** A real server of MCP, by the official SDK. */
export async function answerMcp(
  { body, headers }: Received,
  response: ServerResponse,
  { offered, note, changed }: McpNotes,
): Promise<void> {
  const handler = createMcpHandler(() => {
    const server = new Server({ name: 'notes', version: '1.0.0' }, { capabilities: { tools: {} } })
    server.setRequestHandler('tools/list', () => ({ tools: offered() }) as never)
    server.setRequestHandler('tools/call', ({ params: { name, arguments: args = {} } }) => {
      if (name !== 'read' && name !== 'fail') changed(name, args)
      const content = [{ type: 'text', text: note(String(args.id)) }]
      return { content, ...(name === 'fail' && { isError: true }) } as never
    })
    return server
  })
  const asked = new Request('http://notes.invalid/mcp', {
    ...{ method: 'POST', body },
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
  })
  const answer = await handler.fetch(asked, { parsedBody: JSON.parse(body) })
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
}
