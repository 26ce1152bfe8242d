import { agentQueue, HttpResponse, outgoing, SendHttpRequest } from '@dure/contracts'
import { Type } from 'typebox'
import { renderDeep, renderText } from '../expressions/template.ts'
import { NodeAuth } from '../graph/graph.ts'
import { DeepTemplate, defineTaskNode, OUT, Template } from './define.ts'

export const http = defineTaskNode({
  type: 'http',
  title: 'HTTP request',
  description: 'Calls a public address; its data is { status, headers, body }, whatever the status',
  ports: [OUT],
  effect: ({ method }) => (method === 'GET' || method === 'HEAD' ? 'read' : 'write'),
  idempotent: ({ idempotent }) => idempotent,
  defaultTimeoutMs: 30_000,
  output: HttpResponse,
  config: Type.Object(
    {
      method: SendHttpRequest.properties.method,
      url: Template('where to send it', 8000),
      headers: Type.Optional(
        Type.Record(Type.String({ maxLength: 200 }), Template('one header', 8000), {
          maxProperties: 50,
        }),
      ),
      body: Type.Optional(DeepTemplate('sent as JSON, or as it is when it is text')),
      auth: Type.Optional(NodeAuth),
      maxBytes: Type.Integer({
        minimum: 1,
        maximum: 262_144,
        default: 262_144,
        description: 'A larger answer fails the node',
      }),
      idempotent: Type.Boolean({
        default: false,
        description: 'The receiver honours Idempotency-Key: after a crash, send it again',
      }),
    },
    { additionalProperties: false },
  ),
  message: ({ method, url, headers = {}, body, auth, maxBytes, idempotent }, scope, task) =>
    outgoing(agentQueue, 'task.send-http-request', {
      task,
      input: {
        method,
        url: renderText(url, scope),
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, renderText(value, scope)]),
        ),
        ...(body !== undefined && { body: renderDeep(body, scope) }),
        ...(auth && { auth }),
        maxBytes,
        idempotent,
      },
    }),
})
