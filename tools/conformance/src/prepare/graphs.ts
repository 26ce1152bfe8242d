interface Node {
  readonly id: string
  readonly type: string
  readonly config?: object
  readonly body?: object
}

/** start → these, one after the other → end. */
function inARow(...nodes: readonly Node[]) {
  return branched([nodes])
}

/** start → each of these rows → end. */
function branched(rows: readonly (readonly Node[])[]) {
  const start = { id: 'start', type: 'start' }
  const end = { id: 'end', type: 'end', config: { outputs: {} } }
  const edges = rows.flatMap((row) => {
    const all = [start, ...row, end]
    return all.slice(1).map(({ id: to }, before) => {
      const from = all[before]
      return { from: from?.id, ...(from?.type === 'approval' && { port: 'approved' }), to }
    })
  })
  return { nodes: [start, ...rows.flat(), end], edges }
}

const template = (id: string, text: string) => ({ id, type: 'template', config: { text } })
const item = { nodes: [template('one', 'x')], edges: [] }

export const GRAPHS = {
  plain: inARow(template('text', 'Hello {{ input.?name.orValue("you") }}')),
  changed: inARow(template('text', 'Good morning {{ input.?name.orValue("you") }}')),
  failing: inARow({ id: 'fail', type: 'transform', config: { expr: 'input.missing.deeper' } }),
  map: inARow({
    ...{ id: 'each', type: 'map' },
    config: { items: 'input.items', onItemError: 'collect' },
    body: item,
  }),
  /** Goes on when somebody approves, and somebody else delivers an event. */
  waiting: branched([
    [{ id: 'ask', type: 'approval', config: { title: 'May I?' } }],
    [{ id: 'wait', type: 'wait_event', config: { name: 'paid' } }],
  ]),
} as const

/** What becomes of the request, nobody knows when the answer does not come. */
export function callingGraph(url: string, method: 'GET' | 'POST', auth?: object) {
  const config = { method, url, ...(method === 'POST' && { body: {} }), ...(auth && { auth }) }
  return inARow({ id: 'call', type: 'http', config })
}
