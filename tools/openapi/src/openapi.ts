import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '@dure/dev'
import { breaksBetween, unreleasedIn } from './breaking.ts'
import { changesBetween } from './changes.ts'
import { CLIENT_TYPES, clientTypesOf } from './client-types.ts'
import { type JsonObject, operationsOf } from './json.ts'
import { lint } from './lint.ts'
import { DOCUMENTS, type DocumentName, readDescription } from './system.ts'

const FOLDER = 'docs/openapi'
const FILES: Readonly<Record<DocumentName, string>> = {
  all: `${FOLDER}/openapi.json`,
  v1: `${FOLDER}/v1.json`,
  v2: `${FOLDER}/v2.json`,
}
const BASELINE = `${FOLDER}/v1.baseline.json`
const MAX_LINES = 60

const options = process.argv.slice(2)
if (options.some((option) => option !== '--check' && option !== '--release')) {
  console.error('usage: npm run openapi [-- --check] [--release]')
  process.exit(2)
}
const isCheck = options.includes('--check')
/** What v1 is now is what is released: from here on it may not break. */
const isRelease = options.includes('--release')
const problems: string[] = []

console.log('Starting the five services to hear what they say ...')
const { documents, internalPaths } = await readDescription()
console.log(`${internalPaths.length} paths stay inside: ${internalPaths.join(', ') || 'none'}`)
for (const name of Object.keys(DOCUMENTS) as DocumentName[]) keep(name, documents[name])
await keepTypes(documents.all)
await lintAll()
compareWithBaseline(documents.v1)
if (isRelease && problems.length === 0) keepBaseline(documents.v1)
if (problems.length > 0) {
  console.log(`\n${problems.map((problem) => `FAILED  ${problem}`).join('\n')}`)
  process.exitCode = 1
} else console.log('\nAll is well.')

function keep(name: DocumentName, document: JsonObject): void {
  const file = FILES[name]
  const before = textOf(file)
  const now = `${JSON.stringify(document, null, 2)}\n`
  console.log(`\n${file}: ${operationsOf(document).length} operations`)
  if (before === now) return
  tell(changesBetween(before === undefined ? {} : (JSON.parse(before) as JsonObject), document))
  write(file, now)
}

async function keepTypes(document: JsonObject): Promise<void> {
  const types = await clientTypesOf(document)
  if (textOf(CLIENT_TYPES) === types) return
  console.log(`\n${CLIENT_TYPES}: other types`)
  write(CLIENT_TYPES, types)
}

function textOf(file: string): string | undefined {
  const path = join(ROOT, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function write(file: string, text: string): void {
  if (isCheck) {
    problems.push(`${file} is not what the services say: run \`npm run openapi\``)
    return
  }
  mkdirSync(dirname(join(ROOT, file)), { recursive: true })
  writeFileSync(join(ROOT, file), text)
}

/** The whole has every operation of the versions: what is found in it is found in them. */
async function lintAll(): Promise<void> {
  for (const name of Object.keys(DOCUMENTS) as DocumentName[]) {
    const findings = await lint(documents[name])
    console.log(
      `\nRedocly, Spectral and our own rules on ${FILES[name]}: ${findings.length} findings`,
    )
    tell(
      findings.map(({ linter, rule, where, message }) => `${linter} ${rule}: ${where} ${message}`),
    )
    if (findings.length > 0) problems.push(`${FILES[name]} has ${findings.length} findings`)
  }
}

function compareWithBaseline(now: JsonObject): void {
  const baseline = JSON.parse(readFileSync(join(ROOT, BASELINE), 'utf8')) as JsonObject
  const breaks = breaksBetween(baseline, now)
  console.log(`\nAgainst ${BASELINE}: ${breaks.length} breaking changes`)
  tell(breaks.map(({ where, message }) => `${where} ${message}`))
  if (breaks.length > 0) {
    problems.push('v1 breaks clients: see docs/how-to/change-the-api.md for what may change')
  }
  const unreleased = unreleasedIn(baseline, now)
  console.log(`${unreleased.length} operations are in no release: nothing keeps them as they are`)
  tell(unreleased)
}

function keepBaseline(now: JsonObject): void {
  const text = `${JSON.stringify(now, null, 2)}\n`
  if (textOf(BASELINE) === text) return
  if (isCheck) {
    problems.push(`${BASELINE} is not what is released: run \`npm run openapi -- --release\``)
  } else writeFileSync(join(ROOT, BASELINE), text)
}

function tell(lines: readonly string[]): void {
  for (const line of lines.slice(0, MAX_LINES)) console.log(`  ${line}`)
  if (lines.length > MAX_LINES) console.log(`  ... and ${lines.length - MAX_LINES} more`)
}
