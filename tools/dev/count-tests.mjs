// Prints from vitest's JSON report which tests failed and why, and `N passed, N failed` as one last line.
// Exits with 1 unless every test ran and passed. Runs on Node 20, also when the installation failed and
// there is no report.
import { existsSync, readFileSync } from 'node:fs'

const MAX_REASON = 2000

const [path = ''] = process.argv.slice(2)
const files = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).testResults : []
const tests = files.flatMap(({ assertionResults }) => assertionResults)
const count = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length

// A file that cannot even be loaded has no test that could fail: it counts as one.
const broken = files.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
const passed = count('passed')
const failed = count('failed') + broken.length
const skipped = count('pending', 'skipped', 'todo', 'disabled')

for (const { name, message } of broken) tell(name, message)
for (const { name, assertionResults } of files) {
  for (const { status, fullName, failureMessages } of assertionResults) {
    if (status === 'failed') tell(`${name} > ${fullName}`, failureMessages.join('\n'))
  }
}
if (passed + failed === 0) console.error('No test has run.')
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
if (failed > 0 || passed === 0) process.exitCode = 1

// What failed is far above by now, in the output of everything that ran after it.
function tell(name, reason) {
  console.log(`FAILED ${name}\n${reason.slice(0, MAX_REASON)}\n`)
}
