import { writeFileSync } from 'node:fs'
import { appFolder, generateClients, SERVICES, startGuard } from '@dure/dev'
import { authorize } from './matrix/authorize.ts'
import { matrixMarkdown } from './matrix/report.ts'
import { type Options, parseOptions, USAGE } from './options.ts'
import { findingText, fuzzWorld } from './session.ts'
import { startWorld, type World } from './world.ts'

const options = optionsOf(process.argv.slice(2))
if (options) process.exit(await run(options))

function optionsOf(args: readonly string[]): Options | null {
  try {
    return parseOptions(args, process.env)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exitCode = 2
    return null
  }
}

/** @returns the exit code: 1 when an answer broke a promise */
async function run(options: Options): Promise<number> {
  const guard = startGuard()
  await generateClients(SERVICES.map(appFolder), guard)
  const world = await startWorld()
  const startMs = performance.now()
  console.log(
    `Seed ${options.seed}: ${options.requests} requests to ${world.operations.length} operations`,
  )
  const { findings, tally } = await fuzzWorld(world, options, (line) => console.log(line))
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  console.log(`\n${tally.table()}\n`)
  for (const finding of findings) console.log(`${findingText(finding)}\n`)
  const again = `npm run conformance -- --requests ${options.requests} --seed ${options.seed}`
  console.log(
    `${findings.length} findings in ${tally.total()} requests, ${tally.turnedAway()} turned away for load and sent again, ${seconds} s. Again: ${again}`,
  )
  const wrong = options.matrix ? await writeMatrix(world, options.matrix) : 0
  await world.close()
  await guard.close()
  return findings.length + wrong === 0 ? 0 : 1
}

/** @returns how many findings there are */
async function writeMatrix(world: World, file: string): Promise<number> {
  const matrix = await authorize(world, (line) => console.log(line))
  writeFileSync(file, matrixMarkdown(matrix))
  for (const finding of matrix.findings) console.log(finding)
  console.log(
    `${matrix.findings.length} findings in the matrix of ${matrix.rows.length} operations: ${file}`,
  )
  return matrix.findings.length
}
