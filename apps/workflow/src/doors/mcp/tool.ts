import type { WorkflowId } from '@dure/contracts'

/** A published workflow, with what says how it is called. */
export interface StoredTool {
  readonly id: WorkflowId
  readonly name: string
  readonly description: string
  readonly createdAt: Date
  /** The `start` and `end` nodes of the published version. */
  readonly doors: readonly {
    readonly type: string
    readonly config?: {
      readonly inputSchema?: ObjectSchema
      readonly outputs?: Readonly<Record<string, unknown>>
    }
  }[]
}

/** JSON Schema of an object. */
export interface ObjectSchema {
  readonly type: 'object'
  readonly properties?: Readonly<Record<string, object>>
  readonly required?: readonly string[]
}

export interface Tool {
  readonly name: string
  readonly title: string
  readonly description?: string
  readonly inputSchema: ObjectSchema
  readonly outputSchema?: ObjectSchema
}

/** As much of an id as tells the workflows of a project apart: 48 random bits of a UUIDv7. */
const END_OF_ID = 12
/** What every client takes as the name of a tool: `[a-zA-Z0-9_-]{1,64}`. */
const MAX_SLUG = 64 - 1 - END_OF_ID

/** What of the name of a workflow can be in the name of a tool, then the end of its id. */
export function toolNameOf({ id, name }: Pick<StoredTool, 'id' | 'name'>): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, MAX_SLUG)
    .replace(/_+$/, '')
  return `${slug || 'workflow'}_${id.slice(-END_OF_ID)}`
}

/** By what a tool is looked up; undefined for what cannot be the name of one. */
export function endOfIdIn(toolName: string): string | undefined {
  return /^[a-z0-9_]{1,64}$/.test(toolName) ? /_([0-9a-f]{12})$/.exec(toolName)?.[1] : undefined
}

export function toolOf(stored: StoredTool): Tool {
  const { name, description, doors } = stored
  const start = doors.find(({ type }) => type === 'start')
  const outputs = doors.flatMap(({ config }) => Object.keys(config?.outputs ?? {}))
  return {
    name: toolNameOf(stored),
    title: name,
    ...(description !== '' && { description }),
    inputSchema: start?.config?.inputSchema ?? { type: 'object' },
    ...(outputs.length > 0 && { outputSchema: outputSchemaOf(outputs) }),
  }
}

/** Which of several ends is reached, and of which type a value is, only a run knows. */
function outputSchemaOf(outputs: readonly string[]): ObjectSchema {
  return { type: 'object', properties: Object.fromEntries(outputs.map((name) => [name, {}])) }
}
