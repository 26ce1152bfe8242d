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
