import { hash } from 'node:crypto'
import type { ToolId } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import type { TSchema } from 'typebox'
import type { ToolDefinition, ToolSource } from '../definition.ts'
import { type JsonSchema, misfits, told } from '../json-schema.ts'
import type { Builtin, BuiltinParts } from './builtin.ts'
import { calculator } from './calculator.ts'
import { csvQuery } from './csv-query.ts'
import { dateTime } from './date-time.ts'
import { httpRequest } from './http-request.ts'
import { jsonQuery } from './json-query.ts'
import { knowledgeSearch } from './knowledge-search.ts'
import { memoryRead } from './memory-read.ts'
import { memorySearch } from './memory-search.ts'
import { memoryWrite } from './memory-write.ts'
import { runCode } from './run-code.ts'
import { runWorkflow } from './run-workflow.ts'
import { sendEmail } from './send-email.ts'
import { slackWebhook } from './slack-webhook.ts'
import { webPageToText } from './web-page-to-text.ts'

/** To add one: its file, and its line here. */
const builtins: readonly Builtin[] = [
  calculator,
  csvQuery,
  dateTime,
  httpRequest,
  jsonQuery,
  knowledgeSearch,
  memoryRead,
  memorySearch,
  memoryWrite,
  runCode,
  runWorkflow,
  sendEmail,
  slackWebhook,
  webPageToText,
]

/** As lists show a built-in tool. */
export interface BuiltinTool extends Pick<ToolDefinition, 'name' | 'description' | 'inputSchema'> {
  /** Made of its name: the same everywhere, and for ever. */
  readonly id: ToolId
  readonly createdAt: Date
  readonly configSchema: JsonSchema
  /** Without any configuration. */
  readonly effect: ToolDefinition['effect']
  readonly idempotent: boolean
}

export const builtinTools: readonly BuiltinTool[] = builtins.map((builtin) => {
  const { name, description, input, config } = builtin
  const { effect, idempotent } = builtin.traits({})
  return {
    id: `tool_${hash('sha256', `builtin ${name}`).slice(0, 32)}` as ToolId,
    createdAt: new Date(0),
    ...{ name, description, effect, idempotent },
    ...{ inputSchema: plain(input), configSchema: plain(config) },
  }
})

export function createBuiltins(parts: BuiltinParts): ToolSource {
  const byName = new Map(builtins.map((builtin) => [builtin.name, builtin]))
  return {
    async find(_tenant, { tool, config = {} }) {
      const builtin = byName.get(tool)
      if (!builtin) return undefined
      requireConfig(builtin, config)
      return definitionOf(builtin, config, parts)
    },
  }
}

function definitionOf(builtin: Builtin, config: unknown, parts: BuiltinParts): ToolDefinition {
  const { name, description, input } = builtin
  return {
    ...{ name, description, inputSchema: plain(input), ...builtin.traits(config) },
    execute: async (work) => builtin.execute({ input: work.input, config, work, parts }),
  }
}

/** JSON, without what TypeBox keeps in a schema for itself. */
function plain(schema: TSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema))
}

function requireConfig({ name, config: schema }: Builtin, config: unknown): void {
  const problems = misfits(schema as JsonSchema, config)
  if (problems.length === 0) return
  throw new InvalidInputError(
    'tool.invalid-config',
    `The configuration of ${name} does not fit: ${told(problems)}`,
    problems,
  )
}
