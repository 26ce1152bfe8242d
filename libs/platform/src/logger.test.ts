import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

const KEY = `dure_live_abcdefghij_${'x'.repeat(49)}`

test('a secret reaches no line, whatever carries it', () => {
  const lines: string[] = []
  const log = createLogger('test', { LOG_LEVEL: 'info' }, { write: (line) => lines.push(line) })
  log.info({ headers: { authorization: 'Bearer hunter2' }, password: 'hunter2' }, 'first')
  log.error({ err: new Error(`GET /v1/runs?key=${KEY}`) }, KEY)

  expect(lines).toHaveLength(2)
  expect(lines.join()).toContain('dure_live_[redacted]')
  expect(lines.join()).not.toMatch(/hunter2|xxxxx/)
})

test.each([1, 1000])(
  '%i lines on their way in large pieces are there when the process ends',
  (lines) => {
    const program = `
    import { bufferedOutput, createLogger } from '${new URL('./logger.ts', import.meta.url)}'
    const log = createLogger('test', { LOG_LEVEL: 'info' }, bufferedOutput())
    for (let line = 1; line <= ${lines}; line++) log.info({ line }, 'a line')
    process.exit(0)`
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program])
    const written = output
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).line)
    expect(written).toEqual(Array.from({ length: lines }, (_, at) => at + 1))
  },
)
