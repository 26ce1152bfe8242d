// `npm run bench -- <name>`: each benchmark starts what it measures, as real processes, and ends it.
import { benchAgent } from './agent/command.ts'
import { benchEngine } from './engine/command.ts'
import { benchGateway } from './gateway/command.ts'
import { benchKnowledge } from './knowledge/command.ts'
import { UsageError } from './usage-error.ts'

/** To add one: a folder beside `engine`, and its line here. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  agent: benchAgent,
  engine: benchEngine,
  gateway: benchGateway,
  knowledge: benchKnowledge,
}

const [name = '', ...args] = process.argv.slice(2)
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
try {
  if (!bench) throw new UsageError(`usage: npm run bench -- <${Object.keys(BENCHES).join('|')}>`)
  await bench(args)
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
