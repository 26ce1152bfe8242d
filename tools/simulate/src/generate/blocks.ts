import {
  add,
  conditionAt,
  type Draft,
  type Exit,
  emptyDraft,
  numberAt,
  type Place,
} from './draft.ts'
import { addStep, type Step } from './steps.ts'

const MAX_DEPTH = 3

/** Some steps and blocks, one after the other. @returns the ways out of the last of them */
export function addSequence(start: Place, after: readonly Exit[], length: number): Step {
  let place = start
  let exits = after
  const numbers: string[] = []
  for (let index = 0; index < length && place.budget.left > 0; index++) {
    const step = addBlock(place, exits)
    exits = step.exits
    numbers.push(...step.numbers)
    place = { ...place, numbers: [...place.numbers, ...step.numbers] }
    if (exits.length === 0) break
  }
  return { exits, numbers }
}

function addBlock(place: Place, after: readonly Exit[]): Step {
  const { random, budget, depth } = place
  const isRoomy = budget.left > 5 && depth < MAX_DEPTH
  if (!isRoomy || random.chance(0.5)) return addStep(place, after)
  return random.pick([
    addChoice,
    addChoice,
    addParallel,
    addParallel,
    addMap,
    addLoop,
    addTry,
    addFallback,
  ])(place, after)
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 }
}

function short(place: Place): number {
  return place.random.int(1, Math.max(1, 4 - place.depth))
}

/** Of several ways one is taken; those that lead on meet again, in a node for that or in any. */
function addChoice(place: Place, after: readonly Exit[]): Step {
  const { random } = place
  const cases = ['small', 'large'].map((id) => ({ id, when: conditionAt(place) }))
  const isSwitch = random.chance(0.4)
  const id = isSwitch
    ? add(place, 'switch', { config: { cases } }, after)
    : add(place, 'condition', { config: { when: conditionAt(place) } }, after)
  const ports = isSwitch ? ['small', 'large', 'default'] : ['true', 'false']
  const ways = ports.map((port) => [{ from: id, port }])
  const ends = ways.flatMap((way) => {
    if (random.chance(0.25)) return way
    return addSequence(deeper(place), way, short(place)).exits
  })
  return meet(place, place.inLoop && random.chance(0.4) ? leave(place, ends) : ends)
}

/** One of the ways leaves the loop. */
function leave(place: Place, [first, ...others]: readonly Exit[]): readonly Exit[] {
  if (!first || others.length === 0) return first ? [first] : []
  const type = place.random.pick(['break', 'continue'])
  add(place, type, { config: { value: { number: `{{ ${numberAt(place)} }}` } } }, [first])
  return others
}

function meet(place: Place, exits: readonly Exit[]): Step {
  if (exits.length < 2 || place.random.chance(0.4)) return { exits, numbers: [] }
  const id = add(place, 'merge', { config: { mode: 'coalesce' } }, exits)
  return { exits: [{ from: id, port: 'out' }], numbers: [] }
}

/** All ways are taken, side by side; a join of some kind brings them together, or nothing does. */
function addParallel(place: Place, after: readonly Exit[]): Step {
  const { random } = place
  const fork = add(place, 'parallel', {}, after)
  const ways = Array.from({ length: random.int(2, 3) }, () => {
    return addSequence(deeper(place), [{ from: fork, port: 'out' }], short(place))
  })
  const exits = ways.flatMap((way) => way.exits)
  if (random.chance(0.2) || exits.length === 0) return { exits, numbers: [] }
  const mode = random.pick(['all', 'any', 'n', 'race', 'settled'])
  const config = {
    ...{ mode, n: random.int(1, 2), cancelLosers: random.chance(0.7) },
    merge: random.pick(['object', 'list']),
  }
  const join = add(place, 'join', { config }, exits)
  return { exits: [{ from: join, port: 'out' }], numbers: [`size(nodes.${join}.data.results)`] }
}

function addMap(place: Place, after: readonly Exit[]): Step {
  const { random } = place
  const numbers = [...place.numbers.filter((known) => !known.startsWith('loop.')), 'loop.index']
  const body = bodyOf({ ...deeper(place), inLoop: false, numbers })
  const config = {
    items: random.pick(['input.items', '[1, 2, 3]', '[5]', '[]', '[1, 2, 3, 4, 5, 6]']),
    concurrency: random.int(1, 3),
    onItemError: random.pick(['fail', 'skip', 'collect']),
    ...(random.chance(0.2) && { batchSize: 2 }),
  }
  const id = add(place, 'map', { config, body }, after)
  const size = `size(nodes.${id}.data.results)`
  return { exits: [{ from: id, port: 'out' }], numbers: [size] }
}

function addLoop(place: Place, after: readonly Exit[]): Step {
  const { random } = place
  const numbers = [...place.numbers.filter((known) => !known.startsWith('loop.')), 'loop.index']
  const body = bodyOf({ ...deeper(place), inLoop: true, numbers })
  const config = {
    maxIterations: random.int(1, 4),
    ...(random.chance(0.5) && { while: `loop.index < ${random.int(0, 3)}` }),
    ...(random.chance(0.3) && { breakOn: `loop.index == ${random.int(0, 3)}` }),
  }
  const id = add(place, 'loop', { config, body }, after)
  const count = `nodes.${id}.data.iterations`
  return { exits: [{ from: id, port: 'out' }], numbers: [count] }
}

function addTry(place: Place, after: readonly Exit[]): Step {
  const { random } = place
  // Only a loop itself can be left, not what stands in between.
  const body = bodyOf({ ...deeper(place), inLoop: false })
  const last = random.chance(0.5) ? bodyOf({ ...deeper(place), inLoop: false }) : undefined
  const id = add(place, 'try', { body, ...(last && { finally: last }) }, after)
  const ways = ['ok', 'caught'].map((port) => ({ from: id, port }))
  return meet(place, ways)
}

/** A step whose failure has a way of its own. */
function addFallback(place: Place, after: readonly Exit[]): Step {
  const { exits } = addStep(place, after)
  const at = place.draft.nodes.findLastIndex(({ id }) => id === exits[0]?.from)
  const node = place.draft.nodes[at]
  if (!node) return { exits, numbers: [] }
  const { default: _, ...policy } = node.policy ?? {}
  place.draft.nodes[at] = { ...node, policy: { ...policy, onError: 'branch' } }
  const way = [{ from: node.id, port: 'error' }]
  return meet(place, [...exits, ...addSequence(deeper(place), way, 1).exits])
}

/** A body has no start: it begins with whatever nothing leads to. */
function bodyOf(place: Place): Draft {
  const draft = emptyDraft()
  const inside = { ...place, draft }
  addSequence(inside, [], short(place))
  if (draft.nodes.length === 0) addStep(inside, [])
  // Its second half begins at the same time.
  if (place.random.chance(0.2)) addSequence(inside, [], 1)
  return draft
}
