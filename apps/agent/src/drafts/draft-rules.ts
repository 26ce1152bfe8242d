import type { Graph, GraphNode } from '@dure/engine'
import type { FieldProblem } from '@dure/kernel'
import { addressOf, hostProblem } from './address.ts'

interface Findings {
  readonly problems: readonly FieldProblem[]
  readonly warnings: readonly FieldProblem[]
}

interface Placed {
  readonly node: GraphNode
  readonly pointer: string
}

/** Of things that a model cannot know: an id that its user has not named is invented, or somebody else's. */
const REAL_ID = /\b(?:wf|kb)_[0-9a-f]{32}\b/g
const NOBODYS = /^(?:wf|kb)_0{32}$/
const CREDENTIAL = /^(?:authorization|proxy-authorization|cookie|x-api-key|api-key)$/i

/**
 * What a workflow of a user may do and a draft of a model may not, because nobody has looked at it yet:
 * ask addresses that are not public, hold a credential, name what its user has not named. What is
 * allowed and should be looked at comes as a warning.
 */
export function draftRules(graph: Graph, description: string): Findings {
  const own = new Set(description.match(REAL_ID))
  const found = placed(graph, '#/graph').map((one) => rulesOfNode(one, own))
  return {
    problems: found.flatMap(({ problems }) => problems),
    warnings: found.flatMap(({ warnings }) => warnings),
  }
}

/** Every host that a graph asks, as far as it says so itself. */
export function hostsIn(graph: Graph): string[] {
  const hosts = placed(graph, '#').flatMap(({ node }) =>
    urlsOf(node).flatMap(({ url }) => addressOf(url).host ?? []),
  )
  return [...new Set(hosts)].sort()
}

function placed({ nodes }: Graph, base: string): Placed[] {
  return nodes.flatMap((node, index) => {
    const pointer = `${base}/nodes/${index}`
    return [
      { node, pointer },
      ...(node.body ? placed(node.body, `${pointer}/body`) : []),
      ...(node.finally ? placed(node.finally, `${pointer}/finally`) : []),
    ]
  })
}

function rulesOfNode({ node, pointer }: Placed, own: ReadonlySet<string>): Findings {
  const urls = urlsOf(node).map(({ url, at }) => ({ address: addressOf(url), at: pointer + at }))
  return {
    problems: [
      ...urls.flatMap(({ address, at }) => hostProblem(address, at)),
      ...unknownIds(node, `${pointer}/config`, own),
      ...credentials(node, `${pointer}/config/headers`),
    ],
    warnings: urls.flatMap(({ address, at }) =>
      address.host === undefined ? [decidedByData(at)] : [],
    ),
  }
}

function urlsOf({ config, policy }: GraphNode): { url: string; at: string }[] {
  const { url } = config
  return [
    ...(typeof url === 'string' ? [{ url, at: '/config/url' }] : []),
    ...(policy?.verify ? [{ url: policy.verify.url, at: '/policy/verify/url' }] : []),
  ]
}

function decidedByData(pointer: string): FieldProblem {
  const message = 'is decided by data when it runs: make sure of where that data comes from'
  return { pointer, code: 'draft.address-from-data', message }
}

function unknownIds({ config }: GraphNode, pointer: string, own: ReadonlySet<string>) {
  const named = new Set(JSON.stringify(config).match(REAL_ID))
  return [...named]
    .filter((id) => !NOBODYS.test(id) && !own.has(id))
    .map((id): FieldProblem => {
      const message = `names ${id}, which the description does not: write ${id.slice(0, 2)}_ and 32 zeros`
      return { pointer, code: 'draft.unknown-id', message }
    })
}

function credentials({ config: { headers } }: GraphNode, pointer: string): FieldProblem[] {
  const message = 'would hold a credential: name a secret in `auth` instead'
  return Object.keys(Object(headers))
    .filter((name) => CREDENTIAL.test(name))
    .map((name) => ({ pointer: `${pointer}/${name}`, code: 'draft.literal-credential', message }))
}
