import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import OpenAI from 'openai'
import type { System } from './system.ts'

/** Asks a workflow of the project with a key, by one of the ways there are. @returns whether its budget refused that */
type Door = (system: System, key: string) => Promise<boolean>

const isPoor = (said: unknown) => /budget[._]exceeded/.test(JSON.stringify(said))

/** By its name. */
const runOf =
  (workflow: string): Door =>
  async (system, key) => {
    interface Named {
      readonly data: readonly { readonly id: string; readonly name: string }[]
    }
    const { body } = await system.call<Named>('GET', '/v1/workflows')
    const id = body.data.find(({ name }) => name === workflow)?.id
    const headers = { authorization: `Bearer ${key}` }
    const path = `/v1/workflows/${id}/runs`
    const run = await system.call<object>('POST', path, { mode: 'wait', input: {} }, headers)
    return isPoor(run.body)
  }

export const DOORS: Readonly<Record<string, Door>> = {
  'a run': runOf('asks'),
  'a run that extracts': runOf('extracts'),
  'a run of a team': runOf('meets'),

  'the door of OpenAI': async ({ url }, apiKey) => {
    const client = new OpenAI({ baseURL: `${url}/openai/v1`, apiKey, maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'Hi' }]
    return client.chat.completions.create({ model: 'workflow:asks', messages }).then(
      () => false,
      (error: unknown) => isPoor([Object(error).code, String(error)]),
    )
  },

  'the door of MCP': async ({ url }, key) => {
    const client = new Client({ name: 'test', version: '1.0.0' })
    const requestInit = { headers: { authorization: `Bearer ${key}` } }
    const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit })
    await client.connect(transport)
    const { tools } = await client.listTools()
    const name = String(tools.find(({ title }) => title === 'asks')?.name)
    const answer = await client.callTool({ name, arguments: {} })
    await client.close()
    return isPoor(answer)
  },
}
