/** A node as the API takes it. */
export interface NodeSpec {
  readonly id: string
  readonly type: string
  readonly config?: object
  readonly policy?: object
  readonly body?: GraphSpec
  readonly finally?: GraphSpec
}

export interface EdgeSpec {
  readonly from: string
  readonly port?: string
  readonly to: string
}

export interface GraphSpec {
  readonly nodes: readonly NodeSpec[]
  readonly edges: readonly EdgeSpec[]
}

/** One after the other. */
export function chain(...nodes: readonly NodeSpec[]): GraphSpec {
  const edges = nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]?.id ?? '', to: id }))
  return { nodes, edges }
}

export const start: NodeSpec = { id: 'start', type: 'start' }
export const end: NodeSpec = {
  id: 'end',
  type: 'end',
  config: { outputs: { marker: '{{ input.marker }}' } },
}

export interface WriteOptions {
  readonly mode?: 'fast' | 'slow' | 'flaky' | 'hang'
  readonly idempotent?: boolean
  readonly policy?: object
}

/** A write to the world, which says what run and node it is of. */
export function write(id: string, world: string, options: WriteOptions = {}): NodeSpec {
  const { mode = 'fast', idempotent = false, policy } = options
  return {
    id,
    type: 'http',
    config: {
      method: 'POST',
      url: `${world}/${mode}/write${idempotent ? '?idempotent=yes' : ''}`,
      body: { marker: '{{ input.marker }}', node: id },
      idempotent,
    },
    ...(policy && { policy }),
  }
}

export function read(id: string, world: string, options: WriteOptions = {}): NodeSpec {
  const { mode = 'fast', policy } = options
  const url = `${world}/${mode}/read?marker={{ input.marker }}&node=${id}`
  return { id, type: 'http', config: { method: 'GET', url }, ...(policy && { policy }) }
}

/** Text, made in the decision. */
export function say(id: string): NodeSpec {
  return { id, type: 'template', config: { text: `${id} of {{ input.marker }}` } }
}

/** The same as a commit point of its own, executed in the workflow service. */
export function sayDurably(id: string): NodeSpec {
  return { ...say(id), policy: { effect: 'read' } }
}

/** To the agent service and back. */
export function echo(id: string): NodeSpec {
  return { id, type: 'echo', config: { data: { marker: '{{ input.marker }}' } } }
}

export function pause(id: string, ms: number): NodeSpec {
  return { id, type: 'delay', config: { ms } }
}
